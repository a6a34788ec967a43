package io.arrakis.api.bench;

import io.arrakis.api.stability.Internal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Opens benches. The runtime provides it through {@code META-INF/services/io.arrakis.api.bench.BenchProvider}. */
@Internal
public interface BenchProvider {

    /** Opens a bench; touches no native library and reads no model before the first call. */
    Bench open(Settings settings);

    /**
     * What a bench stands on.
     *
     * @param model          a built-in name or a directory
     * @param data           data sets by name, with {@code source} and its parameters
     * @param seed           of all that is drawn
     * @param limit          the examples that each data set has at most
     * @param saveDirectory  below it run directories are made
     * @param cacheDirectory where activations are kept, if not where the command line keeps them
     * @param plugins        further folders of plug-ins
     */
    record Settings(
            String model,
            Map<String, Map<String, Object>> data,
            long seed,
            OptionalInt limit,
            Path saveDirectory,
            Optional<Path> cacheDirectory,
            List<Path> plugins) {

        /** Copies the map, in its order, and the list. */
        public Settings {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(limit, "limit");
            Objects.requireNonNull(saveDirectory, "saveDirectory");
            Objects.requireNonNull(cacheDirectory, "cacheDirectory");
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
            plugins = List.copyOf(plugins);
        }
    }
}
