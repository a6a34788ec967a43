package io.arrakis.api.bench;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stability.Experimental;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;

/** Says what a {@link Bench} stands on. */
@Experimental
public final class BenchBuilder {

    private final String model;
    private final Map<String, Map<String, Object>> data = new LinkedHashMap<>();
    private final List<Path> plugins = new ArrayList<>();
    private long seed;
    private OptionalInt limit = OptionalInt.empty();
    private Path saveDirectory = Path.of("runs");
    private Optional<Path> cacheDirectory = Optional.empty();

    BenchBuilder(String model) {
        this.model = model;
    }

    /**
     * Adds a data set.
     *
     * @param name       for {@link io.arrakis.api.data.DataRef}; where there is one data set alone, it need not be named
     * @param source     kind of source, such as {@code wordnet} or {@code csv}
     * @param parameters of the source, as they would stand in an experiment
     */
    public BenchBuilder data(String name, String source, Map<String, ?> parameters) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("source", source);
        entry.putAll(parameters);
        data.put(name, entry);
        return this;
    }

    /** Adds a data set of these texts. */
    public BenchBuilder texts(String name, String... texts) {
        return data(name, "inline", Map.of("texts", List.of(texts)));
    }

    /** Sets the seed of all that is drawn; 0 where it is not set. */
    public BenchBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Takes at most so many examples of each data set. */
    public BenchBuilder limit(int examples) {
        limit = OptionalInt.of(examples);
        return this;
    }

    /** Sets where run directories are made; {@code runs} in the working directory where it is not set. */
    public BenchBuilder saveTo(Path directory) {
        saveDirectory = directory;
        return this;
    }

    /** Sets where activations are kept; that of the command line where it is not set. */
    public BenchBuilder cacheIn(Path directory) {
        cacheDirectory = Optional.of(directory);
        return this;
    }

    /** Adds a folder that has a folder of jars for each plug-in. */
    public BenchBuilder plugins(Path folder) {
        plugins.add(folder);
        return this;
    }

    /**
     * Opens the bench.
     *
     * @throws ArrakisException if the runtime is not on the class path
     */
    public Bench open() {
        return ServiceLoader.load(BenchProvider.class, BenchProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.INTERNAL,
                        "class path",
                        "no runtime is on the class path",
                        "add io.arrakis:framework-runtime, or the jars in lib/ of the distribution"))
                .open(new BenchProvider.Settings(model, data, seed, limit, saveDirectory, cacheDirectory, plugins));
    }
}
