package io.arrakis.runtime.model;

import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The golden folders on disk, each copied once for all tests of a run; not to be changed. */
public final class GoldenFolders {

    private static final Map<String, Path> COPIES = new ConcurrentHashMap<>();

    private GoldenFolders() {}

    /** Returns the folder of a name. */
    public static Path folder(String name) {
        return COPIES.computeIfAbsent(name, GoldenFolders::copy);
    }

    /** Returns a cache directory that later runs find again, so that built-in models are not unpacked each time. */
    public static Path cache() {
        return Path.of("target", "test-cache").toAbsolutePath();
    }

    private static Path copy(String name) {
        try {
            return Goldens.FAMILIES.copy(
                    name,
                    Files.createTempDirectory(Path.of("target"), name + "-").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
