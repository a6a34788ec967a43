package io.arrakis.runtime.model;

import io.arrakis.api.model.ComputeType;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How forward passes are computed.
 *
 * @param type    what numbers they compute in
 * @param gpu     index of the GPU; empty for the CPU
 * @param threads threads of one operation on the CPU, at least 1
 */
public record ComputeOptions(ComputeType type, OptionalInt gpu, int threads) {
    /** Checks the values. */
    public ComputeOptions {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(gpu, "gpu");
        if (threads < 1 || gpu.orElse(0) < 0) {
            throw new IllegalArgumentException("threads " + threads + ", gpu " + gpu);
        }
    }

    /** float32 on the CPU. */
    public static ComputeOptions cpu(int threads) {
        return new ComputeOptions(ComputeType.FLOAT32, OptionalInt.empty(), threads);
    }

    /** The same in other numbers. */
    public ComputeOptions in(ComputeType other) {
        return new ComputeOptions(other, gpu, threads);
    }
}
