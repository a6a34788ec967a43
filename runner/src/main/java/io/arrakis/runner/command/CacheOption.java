package io.arrakis.runner.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where activations and unpacked libraries are kept. */
final class CacheOption {

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "Where activations are kept; else $$ARRAKIS_CACHE_DIR, else the user's cache directory.")
    private Path directory;

    /** Returns the directory of the command line, of the launcher, or of the user. */
    Path directory() {
        return Stream.of(
                        Optional.ofNullable(directory),
                        setting(System.getProperty("arrakis.cache")),
                        setting(System.getenv("ARRAKIS_CACHE_DIR")),
                        setting(System.getenv("XDG_CACHE_HOME")).map(base -> base.resolve("arrakis")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "arrakis"))
                .toAbsolutePath();
    }

    private static Optional<Path> setting(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(Path::of);
    }
}
