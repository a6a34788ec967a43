package io.arrakis.runtime.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.arrakis.api.model.ComputeType;
import io.arrakis.runtime.engine.TorchFunctions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
        return this == BFLOAT16 ? BrainFloat.of(array) : array.toType(compute, false);
    }

    /** The array in the type of another, which is the wide one or the one that is computed in. */
    NDArray as(NDArray other, NDArray array) {
        return other.getDataType() == wide ? widen(array) : narrow(array);
    }

    /** DJL has no number for this type of libtorch's, and ends the process where one asks it to convert to it. */
    private static final class BrainFloat {
        private static final String SOURCE = """
                class BrainFloat(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool

                  def narrow(self, x: Tensor) -> Tensor:
                    return x.to(15)
                """;
        private static final Map<Engine, TorchFunctions> COMPILED = new ConcurrentHashMap<>();

        private BrainFloat() {}

        static NDArray of(NDArray array) {
            Engine engine = array.getManager().getEngine();
            return COMPILED.computeIfAbsent(engine, key -> TorchFunctions.compile(key, "BrainFloat", SOURCE))
                    .tensor(array.getManager(), "narrow", array);
        }
    }
}
