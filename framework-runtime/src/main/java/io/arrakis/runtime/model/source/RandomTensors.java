package io.arrakis.runtime.model.source;

import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.stats.SeededRandom;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tensors of a model that was never trained, made when they are asked for. A number depends on the seed, the name of its
 * tensor and its index alone, so that any part can be made without the rest, and is the same on every machine.
 *
 * <p>The numbers of a tensor come in runs of 65,536, each from its own stream. About 5 ns a number, and 256 KiB.
 */
final class RandomTensors implements CheckpointTensors {

    private static final int RUN = 1 << 16;

    private final Map<String, RandomTensor> tensors;
    private final Map<String, TensorInfo> catalog = new LinkedHashMap<>();
    private final long seed;
    private final LongAdder bytesMade = new LongAdder();
    private volatile Run latest = new Run("", -1, new float[0]);

    /** The latest run that was made, for readers that take it in pieces. */
    private record Run(String name, long index, float[] values) {}

    /**
     * Takes descriptions of tensors.
     *
     * @param tensors by name, in the order of the catalogue
     */
    RandomTensors(Map<String, RandomTensor> tensors, long seed) {
        this.tensors = new LinkedHashMap<>(tensors);
        this.seed = seed;
        tensors.forEach((name, tensor) -> catalog.put(name, new TensorInfo("F32", tensor.shape())));
    }

    @Override
    public Map<String, TensorInfo> catalog() {
        return Collections.unmodifiableMap(catalog);
    }

    @Override
    public void read(String name, long first, FloatBuffer into) {
        RandomTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + name + "'");
        }
        Objects.checkFromIndexSize(
                first, (long) into.remaining(), catalog.get(name).size());
        bytesMade.add((long) into.remaining() * Float.BYTES);
        if (tensor.deviation() == 0) {
            fill(into, tensor.mean());
            return;
        }
        for (long next = first; into.hasRemaining(); ) {
            int within = (int) (next % RUN);
            int count = Math.min(into.remaining(), RUN - within);
            into.put(run(name, tensor, next / RUN), within, count);
            next += count;
        }
    }

    /** Returns the bytes that were made so far; none are read. */
    @Override
    public long bytesRead() {
        return bytesMade.sum();
    }

    private static void fill(FloatBuffer into, float value) {
        while (into.hasRemaining()) {
            into.put(value);
        }
    }

    private float[] run(String name, RandomTensor tensor, long index) {
        Run known = latest;
        if (known.index() == index && known.name().equals(name)) {
            return known.values();
        }
        SeededRandom random = SeededRandom.of(seed, "random model", name).child(index);
        float[] values = new float[RUN];
        for (int i = 0; i < RUN; i++) {
            values[i] = (float) random.nextGaussian(tensor.mean(), tensor.deviation());
        }
        latest = new Run(name, index, values);
        return values;
    }
}
