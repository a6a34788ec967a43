package io.arrakis.runtime.run;

import io.arrakis.api.ToolPlugin;
import io.arrakis.runtime.plan.BatchLayout;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.plugin.Origin;
import io.arrakis.runtime.spec.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        return origin.version() + " " + folders.computeIfAbsent(folder, CodeHashes::folder);
    }

    private static String classPath(Path location) {
        return CLASS_PATH.computeIfAbsent(location, CodeHashes::hash);
    }

    private static String folder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return ContentHash.of(files.sorted()
                    .map(file -> file.getFileName() + " " + hash(file))
                    .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " of a plug-in cannot be read", e);
        }
    }

    private static String hash(Path file) {
        return file.toString().endsWith(".jar") ? jar(file) : ContentHash.of(file);
    }

    /** By its entries: the same classes make another file each time that they are packed. */
    private static String jar(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            StringBuilder entries = new StringBuilder();
            for (JarEntry entry :
                    jar.stream().sorted(Comparator.comparing(JarEntry::getName)).toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    entries.append(entry.getName())
                            .append(' ')
                            .append(ContentHash.of(in))
                            .append('\n');
                }
            }
            return ContentHash.of(entries.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the jar " + file + " cannot be read", e);
        }
    }

    private static Path location(Class<?> type) {
        return Path.of(Origin.jarOf(type).orElseThrow());
    }
}
