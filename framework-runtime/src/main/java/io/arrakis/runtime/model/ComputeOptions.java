package io.arrakis.runtime.model;

import io.arrakis.api.model.ComputeType;
import io.arrakis.runtime.device.Device;
import java.util.Objects;

/**
 * How forward passes are computed.
 *
 * @param type    what numbers they compute in
 * @param device  where
 * @param threads threads of one operation on the CPU, at least 1
 */
public record ComputeOptions(ComputeType type, Device device, int threads) {
    /** Checks the values. */
    public ComputeOptions {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(device, "device");
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, not " + threads);
        }
    }

    /** float32 on the CPU. */
    public static ComputeOptions cpu(int threads) {
        return new ComputeOptions(ComputeType.FLOAT32, Device.CPU, threads);
    }

    /** The same in other numbers. */
    public ComputeOptions in(ComputeType other) {
        return new ComputeOptions(other, device, threads);
    }
}
