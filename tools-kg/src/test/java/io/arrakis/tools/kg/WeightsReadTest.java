package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.linalg.LinearAlgebra.Svd;
import io.arrakis.api.linalg.NativeCopy;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HookedModel;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is read of a model, and in which precision. */
class WeightsReadTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "bert", "qwen3", "gemma2"})
    void readsTheTensorsOfOneBlocksScoresAndNothingElse(String folder) {
        try (HookedModel model = OpenedModel.in(Goldens.FAMILIES.copy(folder, directory))) {
            Architecture architecture = model.description().architecture();
            long before = model.weights().bytesRead();
            BlockAttention.read(new BlockWeights(model.weights(), architecture, 1));
            long wanted = BlockWeights.scoreWeights(architecture, 1).stream()
                    .mapToLong(name -> Float.BYTES
                            * Arrays.stream(model.weights().shape(name)).reduce(1, (a, b) -> a * b))
                    .sum();
            assertThat(model.weights().bytesRead() - before).isPositive().isLessThanOrEqualTo(wanted);
        }
    }

    @Test
    void singularValuesOfFloat32AndFloat64Agree() {
        BlockAttention attention = new PlantedHead(2).attention(3, 0.3);
        try (NativeCopy a = attention.factor(Side.QUERY, 0, true, Turn.NONE).toNative();
                NativeCopy b = attention.factor(Side.KEY, 0, true, Turn.NONE).toNative();
                INDArray wideA = a.array().castTo(DataType.DOUBLE);
                INDArray wideB = b.array().castTo(DataType.DOUBLE)) {
            Svd single = PlantedHead.KERNELS
                    .productSvd(List.of(a.array()), List.of(b.array()))
                    .get(0);
            Svd twice = PlantedHead.KERNELS
                    .productSvd(List.of(wideA), List.of(wideB))
                    .get(0);
            for (int k = 0; k < single.s().length; k++) {
                assertThat(single.s()[k]).isCloseTo(twice.s()[k], within(1e-6 * twice.s()[0]));
            }
        }
    }
}
