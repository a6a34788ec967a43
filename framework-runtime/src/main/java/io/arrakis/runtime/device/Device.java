package io.arrakis.runtime.device;

import java.util.OptionalInt;

/**
 * Where something is computed.
 *
 * @param gpu index of the GPU; empty for the processor
 */
public record Device(OptionalInt gpu) {

    /** The processor. */
    public static final Device CPU = new Device(OptionalInt.empty());

    /** Returns a GPU. */
    public static Device gpu(int index) {
        return new Device(OptionalInt.of(index));
    }

    /** Returns the kind, which decides the last bits of numbers: {@code cpu} or {@code gpu}. */
    public String kind() {
        return gpu.isPresent() ? "gpu" : "cpu";
    }

    /** Returns {@code cpu} or {@code gpu:N}. */
    @Override
    public String toString() {
        return gpu.isPresent() ? "gpu:" + gpu.getAsInt() : "cpu";
    }
}
