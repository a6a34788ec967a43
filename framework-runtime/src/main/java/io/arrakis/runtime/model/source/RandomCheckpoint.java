package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.runtime.model.family.DescribedModel;
import io.arrakis.runtime.model.family.ModelFamilies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A model with the configuration and the tokenizer of another one, and random weights. */
final class RandomCheckpoint implements Checkpoint {

    private static final double USUAL_DEVIATION = 0.02;

    private final Checkpoint shape;
    private final long seed;
    private final RandomTensors tensors;

    private RandomCheckpoint(Checkpoint shape, DescribedModel model, long seed) {
        this.shape = shape;
        this.seed = seed;
        double deviation = shape.config().number("initializer_range").orElse(USUAL_DEVIATION);
        if (!(deviation >= 0) || Double.isInfinite(deviation)) {
            throw shape.config().problem("initializer_range", "must be 0 or more, not " + deviation);
        }
        this.tensors = new RandomTensors(Initialisation.of(model, deviation), seed);
    }

    /**
     * Gives another model random weights; it has the heads that the other has.
     *
     * @param other closed with the new one
     */
    static RandomCheckpoint like(Checkpoint other, long seed, ModelFamilies families) {
        return new RandomCheckpoint(other, families.describe(other.config(), other.tensors()), seed);
    }

    /**
     * Gives a configuration random weights; the model has every head that its family knows.
     *
     * @param path a {@code config.json}, or the directory of one
     */
    static RandomCheckpoint of(Path path, long seed, ModelFamilies families) {
        Path file = Files.isDirectory(path) ? path.resolve("config.json") : path;
        ConfigCheckpoint shape = new ConfigCheckpoint(file);
        return new RandomCheckpoint(shape, families.describe(shape.config()), seed);
    }

    @Override
    public String name() {
        return shape.name() + " with random weights, seed " + seed;
    }

    @Override
    public ModelConfig config() {
        return shape.config();
    }

    @Override
    public CheckpointTensors tensors() {
        return tensors;
    }

    @Override
    public Tokenizer tokenizer() {
        return shape.tokenizer();
    }

    @Override
    public String fingerprint() {
        return new Sha256()
                .add("arrakis.random.1")
                .add(shape.fingerprint(List.of()))
                .add(Long.toString(seed))
                .add(tensors.catalog().toString())
                .hex();
    }

    @Override
    public void close() {
        shape.close();
    }
}
