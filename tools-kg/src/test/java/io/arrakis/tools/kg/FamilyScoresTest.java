package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Components give the attention scores of a forward pass, for every family and at several distances: the passes themselves are held
 * against Hugging Face transformers by the same folders.
 */
class FamilyScoresTest {

    private static final int[] IDS = {5, 17, 40, 99, 120, 203};

    @TempDir
    private Path directory;

    static Stream<Arguments> folders() {
        return Stream.of(Goldens.values()).flatMap(kind -> kind.folders().stream()
                .filter(name -> !name.equals("minilm"))
                .map(name -> Arguments.of(kind, name)));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void componentsGiveTheScoresOfTheForwardPass(Goldens kind, String folder) {
        try (HookedModel model = OpenedModel.in(kind.copy(folder, directory))) {
            int blocks = model.description().architecture().dims().nLayers();
            for (int block = 0; block < blocks; block++) {
                compare(model, block);
            }
        }
    }

    private static void compare(HookedModel model, int block) {
        boolean[] real = new boolean[IDS.length];
        Arrays.fill(real, true);
        ForwardRequest request = ForwardRequest.keep(
                HookName.of(HookPoint.RESID_PRE, block),
                HookName.of(HookPoint.ATTN_SCORES, block),
                HookName.of(HookPoint.PATTERN, block));
        try (Capture capture = model.run(TokenBatch.of(new int[][] {IDS}, new boolean[][] {real}), request)) {
            TextScores text = text(model, block);
            HeapMatrix scores = text.of(stream(capture.toArray(HookName.of(HookPoint.RESID_PRE, block)), IDS.length));
            ScoreCheck check = ScoreCheck.between(
                    scores,
                    capture.toArray(HookName.of(HookPoint.ATTN_SCORES, block)),
                    text.pattern(scores),
                    capture.toArray(HookName.of(HookPoint.PATTERN, block)));
            assertThat(check.holds()).as("block %d: %s", block, check).isTrue();
        }
    }

    /** At one distance, behind the key and before it, and over windows. */
    @ParameterizedTest
    @ValueSource(
            strings = {"bert", "gpt_neox", "llama", "qwen3", "gemma2", "phi3", "stablelm", "olmo2", "granite", "gemma3"
            })
    void componentsAddUpAtEveryDistance(String folder) {
        try (HookedModel model = OpenedModel.in(Goldens.FAMILIES.copy(folder, directory))) {
            BlockAttention attention = text(model, 1).attention();
            int dHead = attention.dims().dHead();
            for (Distance distance : List.of(Distance.at(3, 6), Distance.at(-2, 6), new Distance(0, 5, 9))) {
                BlockSubspaces extraction =
                        new BlockSubspaces(new Nd4jLinearAlgebra(1), SeededRandom.of(1), dHead, true, distance);
                assertThat(extraction.of(1, attention).errors())
                        .as(distance.toString())
                        .allSatisfy(error -> assertThat(error).isLessThan(1e-5));
            }
        }
    }

    /** Straight from the numbers of Hugging Face transformers, no forward pass of ours between. */
    @ParameterizedTest
    @MethodSource("folders")
    void theirMaskedSoftmaxIsTheGoldenPattern(Goldens kind, String folder) throws IOException {
        try (HookedModel model = OpenedModel.in(kind.copy(folder, directory))) {
            SafetensorsFile expected = SafetensorsFile.open(directory.resolve("expected.safetensors"));
            int blocks = model.description().architecture().dims().nLayers();
            for (int block = 0; block < blocks; block++) {
                String prefix = "plain.blocks." + block + ".";
                String stream = prefix + "hook_resid_pre";
                int length = expected.entry(stream).shape().get(1).intValue();
                TextScores text = text(model, block);
                HeapMatrix pattern = text.pattern(text.of(stream(expected.floats(stream), length)));
                assertThat(ScoreCheck.largest(pattern, expected.floats(prefix + "attn.hook_pattern"), 0))
                        .as("block %d", block)
                        .isLessThanOrEqualTo(ScoreCheck.TOLERANCE);
            }
        }
    }

    /** The components of values and outputs against golden values and the output matrices as they are. */
    @ParameterizedTest
    @MethodSource("folders")
    void componentsOfValuesAndOutputsGiveWhatHeadsWrite(Goldens kind, String folder) throws IOException {
        try (HookedModel model = OpenedModel.in(kind.copy(folder, directory))) {
            SafetensorsFile expected = SafetensorsFile.open(directory.resolve("expected.safetensors"));
            Architecture architecture = model.description().architecture();
            ValueOutput weights = ValueOutput.read(new BlockWeights(model.weights(), architecture, 1));
            int length = expected.entry("plain.blocks.1.hook_resid_pre")
                    .shape()
                    .get(1)
                    .intValue();
            HeapMatrix x = AttentionInput.normed(
                    weights.input().norm(), stream(expected.floats("plain.blocks.1.hook_resid_pre"), length));
            HeapMatrix values = stream(expected.floats("plain.blocks.1.attn.hook_v"), length);
            List<LinearAlgebra.Svd> circuits = weights.circuits(new Nd4jLinearAlgebra(1));
            for (int head = 0; head < circuits.size(); head++) {
                HeapMatrix found = written(circuits.get(head), x.withOnes());
                HeapMatrix wanted = written(weights, values, head);
                assertThat(ScoreCheck.largest(found, wanted.values(), 1))
                        .as("head %d", head)
                        .isLessThanOrEqualTo(ScoreCheck.TOLERANCE);
            }
            assertThat(weights.errors(circuits, SeededRandom.of(1)))
                    .allSatisfy(error -> assertThat(error).isLessThan(ScoreProof.TOLERANCE));
        }
    }

    private static HeapMatrix written(LinearAlgebra.Svd circuit, HeapMatrix rows) {
        HeapMatrix u = HeapMatrix.copyOf(circuit.u()).transposed(circuit.s().length);
        HeapMatrix v = HeapMatrix.copyOf(circuit.v()).transposed(circuit.s().length);
        HeapMatrix written = HeapMatrix.zeros(rows.rows(), v.columns());
        for (int row = 0; row < rows.rows(); row++) {
            for (int k = 0; k < circuit.s().length; k++) {
                double coordinate = circuit.s()[k] * Vectors.dot(rows, row, u, k);
                for (int i = 0; i < v.columns(); i++) {
                    written.values()[row * v.columns() + i] += (float) (coordinate * v.at(k, i));
                }
            }
        }
        return written;
    }

    private static HeapMatrix written(ValueOutput weights, HeapMatrix values, int head) {
        int dHead = weights.dims().dHead();
        int dModel = weights.dims().dModel();
        int keyHead = Side.KEY.headFor(head, weights.dims());
        HeapMatrix written = HeapMatrix.zeros(values.rows(), dModel);
        for (int row = 0; row < values.rows(); row++) {
            for (int j = 0; j < dHead; j++) {
                for (int i = 0; i < dModel; i++) {
                    written.values()[row * dModel + i] +=
                            values.at(row, keyHead * dHead + j) * weights.output()[(head * dHead + j) * dModel + i];
                }
            }
        }
        return written;
    }

    private static TextScores text(HookedModel model, int block) {
        Architecture architecture = model.description().architecture();
        return new TextScores(
                BlockAttention.read(new BlockWeights(model.weights(), architecture, block)),
                architecture.attention(),
                new Nd4jLinearAlgebra(1));
    }

    private static HeapMatrix stream(float[] values, int length) {
        return new HeapMatrix(length, values.length / length, values);
    }
}
