package io.arrakis.runtime.device;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the machine has.
 *
 * @param cores       processors that this process may use
 * @param memoryBytes memory of the machine
 * @param gpus        GPUs that the engine of the forward pass can use, by index; empty where the engine was built without them
 * @param backend     where ND4J computes
 */
public record Inventory(int cores, long memoryBytes, List<Gpu> gpus, Nd4jBackend backend) {

    /** Copies the list and checks the numbers. */
    public Inventory {
        gpus = List.copyOf(gpus);
        Objects.requireNonNull(backend, "backend");
        if (cores < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException(cores + " cores, " + memoryBytes + " bytes of memory");
        }
    }

    /** Returns the devices in words. */
    @Override
    public String toString() {
        String cpu = "cpu (" + cores + (cores == 1 ? " core, " : " cores, ") + (memoryBytes >> 30) + " GiB)";
        return gpus.isEmpty()
                ? cpu + " and no GPU"
                : cpu + ", " + gpus.stream().map(Gpu::toString).collect(Collectors.joining(", "));
    }
}
