package io.arrakis.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementsTest {

    private static final long GIB = 1L << 30;

    private static Inventory machine(int gpus, Nd4jBackend backend) {
        List<Gpu> list = IntStream.range(0, gpus)
                .mapToObj(i -> new Gpu(i, "Card", 16 * GIB))
                .toList();
        return new Inventory(2, 8 * GIB, list, backend);
    }

    @ParameterizedTest
    @CsvSource({
        "0, CPU, auto,  cpu,   cpu",
        "0, CPU, cpu,   cpu,   cpu",
        "1, CPU, auto,  gpu:0, cpu",
        "1, CPU, cpu,   cpu,   cpu",
        "1, CPU, gpu,   gpu:0, cpu",
        "1, CPU, gpu:0, gpu:0, cpu",
        "1, GPU, auto,  gpu:0, gpu:0",
        "1, GPU, gpu,   gpu:0, gpu:0",
        "4, CPU, gpu,   gpu:0, cpu",
        "4, CPU, gpu:3, gpu:3, cpu",
        "4, GPU, gpu:3, gpu:3, gpu:3",
        "4, GPU, auto,  gpu:0, gpu:0",
        "0, GPU, auto,  cpu,   gpu:0"
    })
    void placesForwardPassAndAnalyses(int gpus, Nd4jBackend backend, String request, String forward, String analyses) {
        Placement placement = Placements.place(machine(gpus, backend), DeviceRequest.parse(request));
        assertThat(placement.forward()).hasToString(forward);
        assertThat(placement.analyses()).hasToString(analyses);
        assertThat(placement.why()).endsWith(".");
    }

    @Test
    void autoSaysWhyItChoseTheProcessor() {
        assertThat(Placements.place(machine(0, Nd4jBackend.CPU), new DeviceRequest.Auto())
                        .why())
                .isEqualTo("Everything runs on the processor, since there is no GPU.");
    }

    @Test
    void saysThatAnalysesStayOnTheProcessorBesideAGpu() {
        assertThat(Placements.place(machine(1, Nd4jBackend.CPU), new DeviceRequest.AnyGpu())
                        .why())
                .isEqualTo(
                        "The forward pass runs on gpu:0 (Card, 16 GiB), as asked for; the analyses run on the processor, "
                                + "since ND4J has no backend for this GPU here.");
    }

    @Test
    void takesTheGpuWithTheMostMemory() {
        List<Gpu> gpus =
                List.of(new Gpu(0, "Small", 8 * GIB), new Gpu(1, "Big", 80 * GIB), new Gpu(2, "Big", 80 * GIB));
        Inventory inventory = new Inventory(8, 64 * GIB, gpus, Nd4jBackend.CPU);
        assertThat(Placements.place(inventory, new DeviceRequest.AnyGpu()).forward())
                .isEqualTo(Device.gpu(1));
    }

    @Test
    void aGpuThatIsNotThereIsAnErrorThatNamesTheDevicesFound() {
        assertThatThrownBy(() -> Placements.place(machine(2, Nd4jBackend.CPU), DeviceRequest.parse("gpu:3")))
                .hasMessage(
                        "device gpu:3: error DEVICE-MISSING: there is no such device; found cpu (2 cores, 8 GiB), gpu:0 "
                                + "(Card, 16 GiB), gpu:1 (Card, 16 GiB); ask for auto or cpu, or for one of the GPUs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "gpu:0"})
    void noGpuAtAllIsAnErrorOfResources(String request) {
        assertThatThrownBy(() -> Placements.place(machine(0, Nd4jBackend.CPU), DeviceRequest.parse(request)))
                .hasMessageContaining("found cpu (2 cores, 8 GiB) and no GPU; ask for auto or cpu")
                .extracting(e -> ((ArrakisException) e).code().kind().exitStatus())
                .isEqualTo(3);
    }

    @Test
    void theProcessorCannotBePromisedWithAGpuBackend() {
        assertThatThrownBy(() -> Placements.place(machine(1, Nd4jBackend.GPU), new DeviceRequest.Cpu()))
                .hasMessageContaining("ND4J was started with its GPU backend");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "gpu:", "gpu:-1", "cuda", "gpu:12345", "cpu:0", "auto "})
    void refusesOtherWords(String text) {
        assertThatThrownBy(() -> DeviceRequest.parse(text))
                .isInstanceOf(ArrakisException.class)
                .extracting(e -> ((ArrakisException) e).code())
                .isEqualTo(ErrorCode.SPEC_CHOICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "gpu", "gpu:0", "gpu:12"})
    void requestsReadBackFromTheirText(String text) {
        assertThat(DeviceRequest.parse(text)).hasToString(text);
    }
}
