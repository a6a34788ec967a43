package io.arrakis.runtime.bind;

import io.arrakis.api.bench.Bench;
import io.arrakis.api.bench.BenchProvider;
import io.arrakis.runtime.plugin.PluginPath;
import java.nio.file.Path;

/** Opens benches in this process. */
public final class LocalBenchProvider implements BenchProvider {

    @Override
    public Bench open(Settings settings) {
        Path cache = RuntimeSettings.cacheDirectory(settings.cacheDirectory());
        PluginPath plugins = PluginPath.standard(settings.plugins());
        return new LocalBench(settings, cache, ArrakisRuntime.open(RuntimeSettings.of(cache, plugins)));
    }
}
