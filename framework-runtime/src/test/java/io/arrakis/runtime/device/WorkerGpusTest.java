package io.arrakis.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerGpusTest {

    private static final List<DeviceRequest> ANY = List.of(new DeviceRequest.Auto());
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    private static List<Object> seen(WorkerGpus gpus) {
        return List.of(
                gpus.environment(0).getOrDefault(VISIBLE, ""),
                gpus.environment(1).getOrDefault(VISIBLE, ""),
                gpus.environment(2).getOrDefault(VISIBLE, ""));
    }

    @Test
    void eachWorkerSeesOneOfAll() {
        assertThat(seen(WorkerGpus.of(ANY, 2, Map.of()))).containsExactly("0", "1", "0");
    }

    @Test
    void onlyThoseThatWereInheritedAreSharedOut() {
        assertThat(seen(WorkerGpus.of(ANY, 2, Map.of(VISIBLE, "3, 5")))).containsExactly("3", "5", "3");
        assertThat(seen(WorkerGpus.of(ANY, 1, Map.of(VISIBLE, "GPU-8932f937,-1"))))
                .containsExactly("GPU-8932f937", "GPU-8932f937", "GPU-8932f937");
    }

    @Test
    void aGpuThatIsNamedByItsNumberKeepsIt() {
        List<DeviceRequest> named = List.of(new DeviceRequest.Cpu(), new DeviceRequest.OneGpu(1));
        assertThat(WorkerGpus.of(named, 2, Map.of(VISIBLE, "3,5")).environment(0))
                .isEmpty();
    }

    @Test
    void nothingIsHiddenWhereThereIsNoneOrNobodyAsks() {
        assertThat(WorkerGpus.of(ANY, 0, Map.of(VISIBLE, "")).environment(0)).isEmpty();
        assertThat(WorkerGpus.of(List.of(new DeviceRequest.Cpu()), 2, Map.of()).environment(1))
                .isEmpty();
    }
}
