package io.arrakis.runtime.bind;

import io.arrakis.runtime.cache.CacheSettings;
import io.arrakis.runtime.plugin.PluginPath;
import java.nio.file.Path;
import java.util.Objects;

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

    /** Returns the settings of the activation cache. */
    public CacheSettings activations() {
        return new CacheSettings(cacheDirectory.resolve("activations"), cacheBytes, CacheSettings.DEFAULT_MEMORY_BYTES);
    }
}
