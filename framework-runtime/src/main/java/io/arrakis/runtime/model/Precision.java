package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.arrakis.api.model.ComputeType;

/** The number types of a forward pass: the one that it computes in, and the one that statistics accumulate in. */
enum Precision {
    FLOAT32(DataType.FLOAT32, DataType.FLOAT32),
    BFLOAT16(DataType.BFLOAT16, DataType.FLOAT32),
    FLOAT16(DataType.FLOAT16, DataType.FLOAT32),
    FLOAT64(DataType.FLOAT64, DataType.FLOAT64);

    private final DataType compute;
    private final DataType wide;

    Precision(DataType compute, DataType wide) {
        this.compute = compute;
        this.wide = wide;
    }

    static Precision of(ComputeType type) {
        return switch (type) {
            case FLOAT32 -> FLOAT32;
            case BFLOAT16 -> BFLOAT16;
            case FLOAT16 -> FLOAT16;
            case FLOAT64 -> FLOAT64;
        };
    }

    /** The type of weights and activations. */
    DataType compute() {
        return compute;
    }

    /** The type of softmax, statistics and captured tensors. */
    DataType wide() {
        return wide;
    }

    /** The array in the wide type; itself where it is that already. */
    NDArray widen(NDArray array) {
        return array.toType(wide, false);
    }

    /** The array in the type that is computed in; itself where it is that already. */
    NDArray narrow(NDArray array) {
        return array.toType(compute, false);
    }
}
