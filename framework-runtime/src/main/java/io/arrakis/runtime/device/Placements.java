package io.arrakis.runtime.device;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.Comparator;
import java.util.Optional;

/** Places an experiment on a machine. Pure: depends on its arguments alone and touches nothing. */
public final class Placements {

    private Placements() {}

    /**
     * Decides where the forward pass and the analyses go.
     *
     * <p>The forward pass goes where it was asked to. The analyses go where ND4J's backend computes, except that a CPU backend
     * beside a GPU leaves the analyses on the processor, and that a request for the processor with a GPU backend is refused:
     * it could not be kept.
     *
     * @throws ArrakisException with {@code DEVICE-MISSING}, naming the devices that are there
     */
    public static Placement place(Inventory inventory, DeviceRequest request) {
        if (request instanceof DeviceRequest.Cpu) {
            return cpu(inventory, request, "the processor, as asked for");
        }
        if (request instanceof DeviceRequest.Auto) {
            return largest(inventory)
                    .map(gpu -> gpu(inventory, gpu, "chosen since it is there"))
                    .orElseGet(() -> cpu(inventory, request, "the processor, since there is no GPU"));
        }
        if (request instanceof DeviceRequest.OneGpu one) {
            Gpu gpu = inventory.gpus().stream()
                    .filter(candidate -> candidate.index() == one.index())
                    .findFirst()
                    .orElseThrow(() -> missing(inventory, request));
            return gpu(inventory, gpu, "as asked for");
        }
        return gpu(inventory, largest(inventory).orElseThrow(() -> missing(inventory, request)), "as asked for");
    }

    private static Placement cpu(Inventory inventory, DeviceRequest request, String why) {
        if (inventory.backend() == Nd4jBackend.CPU) {
            return new Placement(Device.CPU, Device.CPU, "Everything runs on " + why + ".");
        }
        if (request instanceof DeviceRequest.Cpu) {
            throw new ArrakisException(
                    ErrorCode.DEVICE_MISSING,
                    "device " + request,
                    "ND4J was started with its GPU backend and cannot compute on the processor",
                    "start with the CPU backend on the class path, or ask for auto");
        }
        return new Placement(
                Device.CPU,
                Device.gpu(0),
                "The forward pass runs on " + why
                        + " that its engine can use; the analyses run on the GPU, since ND4J was "
                        + "started with its GPU backend.");
    }

    private static Placement gpu(Inventory inventory, Gpu gpu, String why) {
        String forward = "The forward pass runs on " + gpu + ", " + why + "; ";
        return switch (inventory.backend()) {
            case CPU ->
                new Placement(
                        Device.gpu(gpu.index()),
                        Device.CPU,
                        forward + "the analyses run on the processor, since ND4J has no backend for this GPU here.");
            case GPU ->
                new Placement(
                        Device.gpu(gpu.index()), Device.gpu(gpu.index()), forward + "the analyses run on it too.");
        };
    }

    private static Optional<Gpu> largest(Inventory inventory) {
        return inventory.gpus().stream()
                .max(Comparator.comparingLong(Gpu::memoryBytes)
                        .thenComparing(Comparator.comparingInt(Gpu::index).reversed()));
    }

    private static ArrakisException missing(Inventory inventory, DeviceRequest request) {
        return new ArrakisException(
                ErrorCode.DEVICE_MISSING,
                "device " + request,
                "there is no such device; found " + inventory,
                "ask for auto or cpu" + (inventory.gpus().isEmpty() ? "" : ", or for one of the GPUs"));
    }
}
