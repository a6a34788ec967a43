package io.arrakis.runtime.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.TensorLayout;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.runtime.engine.SharedArrays;
import io.arrakis.runtime.engine.TensorList;
import io.arrakis.runtime.model.weights.ModelWeights;
import io.arrakis.runtime.model.weights.StoredWeight;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights of a model as arrays of the engine. Each is read when a pass first needs it, and kept until the model is
 * closed.
 */
final class EngineWeights {
    /** Rows are read into the engine's memory in runs of at most so many numbers, since a buffer holds 2 GiB at most. */
    private static final long RUN = 1L << 28;

    private final ModelWeights weights;
    private final Architecture architecture;
    private final NDManager manager;
    private final NDManager host;
    private final Precision precision;
    private final Kernels kernels;
    private final Map<WeightName, NDArray> kept = new HashMap<>();

    /**
     * Weights in the memory of a manager's device.
     *
     * @param manager owns the arrays
     * @param kernels what computes with them
     */
    EngineWeights(
            ModelWeights weights, Architecture architecture, NDManager manager, Precision precision, Kernels kernels) {
        this.weights = weights;
        this.architecture = architecture;
        this.manager = manager;
        this.host = manager.newSubManager(Device.cpu());
        this.precision = precision;
        this.kernels = kernels;
    }

    Kernels kernels() {
        return kernels;
    }

    boolean has(WeightPoint point) {
        return architecture.has(point);
    }

    /** A matrix or table, {@code [out, in]}; kept. */
    NDArray matrix(WeightName name) {
        return kept.computeIfAbsent(name, this::load);
    }

    /** A vector; kept. */
    NDArray vector(WeightName name) {
        return kept.computeIfAbsent(name, key -> load(key).reshape(-1));
    }

    /** A linear layer of one block, without bias where the architecture has none; not kept here. */
    TensorList layer(int block, WeightPoint matrix, WeightPoint bias) {
        return layer(load(WeightName.of(matrix, block)), has(bias) ? vector(WeightName.of(bias, block)) : null);
    }

    /** A linear layer outside the blocks; otherwise like one of a block. */
    TensorList layer(WeightPoint matrix, WeightPoint bias) {
        return layer(load(WeightName.of(matrix)), has(bias) ? vector(WeightName.of(bias)) : null);
    }

    /**
     * A linear layer; not kept here.
     *
     * @param weight {@code [out, in]}; the layer's from now on
     * @param bias   {@code [out]}, or null for none
     */
    TensorList layer(NDArray weight, NDArray bias) {
        return kernels.layer(manager, weight, bias);
    }

    /** The matrices of one block, one below the other; not kept here. */
    NDArray stacked(int block, WeightPoint... points) {
        NDList parts = new NDList();
        for (WeightPoint point : points) {
            parts.add(load(WeightName.of(point, block)));
        }
        NDArray stacked = NDArrays.concat(parts, 0);
        parts.close();
        return stacked;
    }

    private NDArray load(WeightName name) {
        StoredWeight stored = weights.stored(name);
        boolean outFirst = stored.layout() == TensorLayout.OUT_IN;
        long rows = outFirst ? stored.shape().out() : stored.shape().in();
        long columns = outFirst ? stored.shape().in() : stored.shape().out();
        NDArray array = host.create(new Shape(rows, columns), DataType.FLOAT32);
        fill(array, stored, rows, columns);
        NDArray placed = place(array);
        if (outFirst) {
            return placed;
        }
        try (placed) {
            return placed.transpose();
        }
    }

    private static void fill(NDArray array, StoredWeight stored, long rows, long columns) {
        long rowsInRun = Math.max(1, RUN / columns);
        for (long row = 0; row < rows; row += rowsInRun) {
            long end = Math.min(rows, row + rowsInRun);
            NDArray run = array.get(new NDIndex("{}:{}", row, end));
            stored.read(row * columns, SharedArrays.memory(run).asFloatBuffer());
            run.close();
        }
    }

    private NDArray place(NDArray array) {
        NDArray narrow = precision.narrow(array);
        NDArray placed = narrow.toDevice(manager.getDevice(), false);
        placed.attach(manager);
        if (narrow != array) {
            array.close();
        }
        if (placed != narrow) {
            narrow.close();
        }
        return placed;
    }
}
