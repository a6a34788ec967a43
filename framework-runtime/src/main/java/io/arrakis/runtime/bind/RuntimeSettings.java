package io.arrakis.runtime.bind;

import io.arrakis.runtime.cache.CacheSettings;
import io.arrakis.runtime.plugin.PluginPath;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process starts the runtime with.
 *
 * @param cacheDirectory root of all that is kept between runs: activations, unpacked models
 * @param cacheBytes     what activations on disk may take
 * @param plugins        where plug-ins are
 */
public record RuntimeSettings(Path cacheDirectory, long cacheBytes, PluginPath plugins) {

    /** Checks that nothing is null. */
    public RuntimeSettings {
        Objects.requireNonNull(cacheDirectory, "cacheDirectory");
        Objects.requireNonNull(plugins, "plugins");
    }

    /** Returns the defaults for a cache directory. */
    public static RuntimeSettings of(Path cacheDirectory, PluginPath plugins) {
        return new RuntimeSettings(cacheDirectory, CacheSettings.DEFAULT_DISK_BYTES, plugins);
    }

    /**
     * Returns the cache directory to take: the chosen one, that of the launcher or of the environment, or that of the user.
     *
     * @param chosen what somebody asked for
     * @return an absolute path
     */
    public static Path cacheDirectory(Optional<Path> chosen) {
        return Stream.of(
                        chosen,
                        path(System.getProperty("arrakis.cache")),
                        path(System.getenv("ARRAKIS_CACHE_DIR")),
                        path(System.getenv("XDG_CACHE_HOME")).map(base -> base.resolve("arrakis")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "arrakis"))
                .toAbsolutePath();
    }

    private static Optional<Path> path(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(Path::of);
    }

    /** Returns the settings of the activation cache. */
    public CacheSettings activations() {
        return new CacheSettings(cacheDirectory.resolve("activations"), cacheBytes, CacheSettings.DEFAULT_MEMORY_BYTES);
    }
}
