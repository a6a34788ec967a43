package io.arrakis.runtime.bind;

import io.arrakis.api.bench.Bench;
import io.arrakis.api.bench.BenchProvider;
import io.arrakis.runtime.plugin.PluginPath;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens benches in this process. */
public final class LocalBenchProvider implements BenchProvider {

    @Override
    public Bench open(Settings settings) {
        Path cache = settings.cacheDirectory()
                .orElseGet(LocalBenchProvider::usersCache)
                .toAbsolutePath();
        PluginPath plugins = PluginPath.standard(settings.plugins());
        return new LocalBench(settings, cache, ArrakisRuntime.open(RuntimeSettings.of(cache, plugins)));
    }

    /** The directory that the command line uses where none is said. */
    private static Path usersCache() {
        return Stream.of(
                        setting(System.getProperty("arrakis.cache")),
                        setting(System.getenv("ARRAKIS_CACHE_DIR")),
                        setting(System.getenv("XDG_CACHE_HOME")).map(base -> base.resolve("arrakis")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "arrakis"));
    }

    private static Optional<Path> setting(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(Path::of);
    }
}
