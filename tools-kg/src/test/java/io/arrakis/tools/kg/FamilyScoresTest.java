package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import io.arrakis.api.stats.SeededRandom;
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
            strings = {"bert", "gpt_neox", "llama", "qwen3", "gemma2", "phi3", "stablelm", "olmo2", "granite", "gemma3"})
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
