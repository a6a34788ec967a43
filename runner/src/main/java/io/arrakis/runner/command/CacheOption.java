package io.arrakis.runner.command;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.bind.RuntimeSettings;
import io.arrakis.runtime.cache.CacheSettings;
import io.arrakis.runtime.plugin.PluginPath;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where activations and unpacked libraries are kept. */
final class CacheOption {

    private static final String BYTES = "ARRAKIS_CACHE_BYTES";

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "Where activations are kept; else $$ARRAKIS_CACHE_DIR, else the user's cache directory.")
    private Path directory;

    /** Returns the directory of the command line, if it names one. */
    Optional<Path> asked() {
        return Optional.ofNullable(directory);
    }

    /** Returns the directory of the command line, of the launcher, or of the user. */
    Path directory() {
        return RuntimeSettings.cacheDirectory(asked());
    }

    /** Returns the runtime's settings for this cache, with its size from {@code ARRAKIS_CACHE_BYTES} where that is set. */
    RuntimeSettings settings(PluginPath plugins) {
        return new RuntimeSettings(directory(), bytes(System.getenv(BYTES)), plugins);
    }

    static long bytes(String given) {
        if (given == null || given.isBlank()) {
            return CacheSettings.DEFAULT_DISK_BYTES;
        }
        if (!given.matches("[1-9]\\d{0,17}")) {
            throw new ArrakisException(
                    ErrorCode.USAGE,
                    BYTES,
                    "'" + given + "' is no number of bytes",
                    "write a whole number, such as " + CacheSettings.DEFAULT_DISK_BYTES);
        }
        return Long.parseLong(given);
    }
}
