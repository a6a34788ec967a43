package io.arrakis.runtime.device;

import java.util.Objects;

/**
 * A GPU that the forward pass can use.
 *
 * @param index       from 0, as {@code gpu:N} names it
 * @param name        for people
 * @param memoryBytes all of its memory
 */
public record Gpu(int index, String name, long memoryBytes) {

    /** Checks that the name is there and the index is not negative. */
    public Gpu {
        Objects.requireNonNull(name, "name");
        if (index < 0) {
            throw new IllegalArgumentException("GPU " + index);
        }
    }

    @Override
    public String toString() {
        return "gpu:" + index + " (" + name + ", " + (memoryBytes >> 30) + " GiB)";
    }
}
