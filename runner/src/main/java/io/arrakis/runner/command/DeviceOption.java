package io.arrakis.runner.command;

import io.arrakis.api.model.ComputeType;
import io.arrakis.runtime.device.DeviceRequest;
import io.arrakis.runtime.device.MachineInventory;
import io.arrakis.runtime.device.Placements;
import io.arrakis.runtime.model.ComputeOptions;
import picocli.CommandLine.Option;

/** Where a command computes that runs a model without an experiment. */
final class DeviceOption {

    /** As many as an experiment takes that does not say. */
    static final int THREADS = 2;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "auto (the default), cpu, gpu or gpu:N.",
            defaultValue = "auto")
    private String device;

    /**
     * Returns how to compute there. Starts the engine: the natives must have been checked.
     *
     * @throws io.arrakis.api.problem.ArrakisException if there is no such device
     */
    ComputeOptions options(ComputeType type) {
        DeviceRequest request = DeviceRequest.parse(device);
        return new ComputeOptions(
                type, Placements.place(MachineInventory.take(THREADS), request).forward(), THREADS);
    }
}
