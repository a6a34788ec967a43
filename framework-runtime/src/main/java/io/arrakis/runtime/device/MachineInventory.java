package io.arrakis.runtime.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import io.arrakis.runtime.engine.EngineBootstrap;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/** Looks at the machine. Starts the engine and ND4J: about a second, the first time. */
public final class MachineInventory {

    private static final String CPU_BACKEND = "CPU";

    private MachineInventory() {}

    /**
     * Returns what this machine has. GPUs count only where the engine was built to use them.
     *
     * @param threads threads of one operation, for the start of the engine
     */
    public static Inventory take(int threads) {
        Engine engine = EngineBootstrap.start(threads);
        List<Gpu> gpus = IntStream.range(0, engine.getGpuCount())
                .mapToObj(MachineInventory::gpu)
                .toList();
        return new Inventory(Runtime.getRuntime().availableProcessors(), memoryBytes(), gpus, backend());
    }

    private static Gpu gpu(int index) {
        String capability = CudaUtils.getComputeCapability(index);
        long memory = CudaUtils.getGpuMemory(Device.gpu(index)).getMax();
        return new Gpu(index, "CUDA " + capability, memory);
    }

    private static Nd4jBackend backend() {
        Object name = Nd4j.getExecutioner().getEnvironmentInformation().get("backend");
        return CPU_BACKEND.equals(name) ? Nd4jBackend.CPU : Nd4jBackend.GPU;
    }

    private static long memoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }
}
