package io.arrakis.runtime.run;

import io.arrakis.api.ToolPlugin;
import io.arrakis.runtime.plan.BatchLayout;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.plugin.Origin;
import io.arrakis.runtime.spec.ContentHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hashes of the code that computes results, by content: a tool that was mended is another one, whatever version it says, and the
 * same jars are the same code on every machine. Each is read once. Used by one thread.
 */
final class CodeHashes {

    /** The class path does not change while a process lives. */
    private static final Map<Path, String> CLASS_PATH = new ConcurrentHashMap<>();

    private final Map<Path, String> folders = new HashMap<>();

    /**
     * Returns what decides the numbers of every step: the code of the framework, the version of the forward pass, and the
     * libraries below.
     */
    String framework() {
        Map<String, String> versions = Versions.all();
        return String.join(
                " ",
                classPath(location(ToolPlugin.class)),
                classPath(location(CodeHashes.class)),
                Integer.toString(NumericSetup.FORWARD_VERSION),
                Integer.toString(BatchLayout.VERSION),
                versions.get("pytorch"),
                versions.get("nd4j"));
    }

    /** Returns a hash of what offers something: of a plug-in's whole folder, or of its jar or directory on the class path. */
    String of(Origin origin) {
        Path location = Path.of(origin.location());
        if (origin.isBuiltIn()) {
            return origin.version() + " " + classPath(location);
        }
        Path folder = Files.isRegularFile(location) ? location.getParent() : location;
        return origin.version() + " " + folders.computeIfAbsent(folder, ContentHash::of);
    }

    private static String classPath(Path location) {
        return CLASS_PATH.computeIfAbsent(location, ContentHash::of);
    }

    private static Path location(Class<?> type) {
        return Path.of(Origin.jarOf(type).orElseThrow());
    }
}
