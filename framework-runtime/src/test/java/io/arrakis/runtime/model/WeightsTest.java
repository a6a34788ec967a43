package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights in the shapes of the API are the ones that the forward pass multiplies with, and no others are read. */
class WeightsTest {
    private static final TokenBatch BATCH =
            TokenBatch.of(new int[][] {{7, 9, 11}}, new boolean[][] {{true, true, true}});
    private static final double TOLERANCE = 1e-4;

    static List<String> everyFolder() {
        return GoldenFolder.models();
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void everyWeightHasItsShape(String folder, @TempDir Path temp) {
        try (HookedModel model = open(folder, temp)) {
            long learned = 0;
            for (WeightName name : model.weights().names()) {
                INDArray weight = model.weights().get(name);
                assertThat(weight.shape())
                        .as("%s", name)
                        .isEqualTo(model.weights().shape(name));
                assertThat(weight.sumNumber().doubleValue()).as("%s", name).isFinite();
                learned += weight.length();
                weight.close();
            }
            assertThat(model.description().parameterCount()).isBetween(learned / 2, learned);
        }
    }

    /** {@code q[p, h] = x[p] W_Q[h] + b_Q[h]}, and so on: in the shapes of the API, on what the pass itself read. */
    @ParameterizedTest
    @MethodSource("everyFolder")
    void reproduceProjectionsOfThePass(String folder, @TempDir Path temp) {
        try (HookedModel model = open(folder, temp)) {
            Architecture architecture = model.description().architecture();
            Dimensions dims = architecture.dims();
            HookName read = architecture.block().form().normsBeforeAttention()
                    ? HookName.of(HookPoint.LN1_NORMALIZED, 1)
                    : HookName.of(HookPoint.RESID_PRE, 1);
            HookName q = HookName.of(HookPoint.Q, 1);
            HookName v = HookName.of(HookPoint.V, 1);
            HookName post = HookName.of(HookPoint.MLP_POST, 1);
            try (Capture capture = model.run(BATCH, ForwardRequest.keep(read, q, v, post))) {
                float[] x = capture.toArray(read);
                requireProjection(model, x, capture.toArray(q), WeightPoint.W_Q, WeightPoint.B_Q, dims.nHeads());
                requireProjection(
                        model, x, capture.toArray(v), WeightPoint.W_V, WeightPoint.B_V, dims.nKeyValueHeads());
            }
        }
    }

    private static void requireProjection(
            HookedModel model, float[] x, float[] actual, WeightPoint matrix, WeightPoint bias, int heads) {
        Dimensions dims = model.description().architecture().dims();
        float[] w = floats(model.weights().get(WeightName.of(matrix, 1)));
        float[] b = model.description().architecture().has(bias)
                ? floats(model.weights().get(WeightName.of(bias, 1)))
                : new float[heads * dims.dHead()];
        for (int pos = 0; pos < BATCH.columns(); pos++) {
            for (int head = 0; head < heads; head++) {
                for (int d = 0; d < dims.dHead(); d++) {
                    double expected = b[head * dims.dHead() + d];
                    for (int i = 0; i < dims.dModel(); i++) {
                        expected +=
                                (double) x[pos * dims.dModel() + i] * w[(head * dims.dModel() + i) * dims.dHead() + d];
                    }
                    assertThat((double) actual[(pos * heads + head) * dims.dHead() + d])
                            .as("%s head %d", matrix, head)
                            .isCloseTo(expected, within(TOLERANCE));
                }
            }
        }
    }

    /** Summed over heads, {@code z[h] W_O[h]} plus the bias is what attention adds, where nothing comes between. */
    @ParameterizedTest
    @MethodSource("everyFolder")
    void headsSumToWhatAttentionAdds(String folder, @TempDir Path temp) {
        try (HookedModel model = open(folder, temp)) {
            Architecture architecture = model.description().architecture();
            if (architecture.block().form().normsBranches()) {
                return; // a post-norm comes between
            }
            Dimensions dims = architecture.dims();
            HookName z = HookName.of(HookPoint.Z, 0);
            HookName out = HookName.of(HookPoint.ATTN_OUT, 0);
            float[] w = floats(model.weights().get(WeightName.of(WeightPoint.W_O, 0)));
            float[] b = architecture.has(WeightPoint.B_O)
                    ? floats(model.weights().get(WeightName.of(WeightPoint.B_O, 0)))
                    : new float[dims.dModel()];
            try (Capture capture = model.run(BATCH, ForwardRequest.keep(z, out))) {
                float[] mixed = capture.toArray(z);
                float[] added = capture.toArray(out);
                int width = dims.nHeads() * dims.dHead();
                for (int i = 0; i < added.length; i++) {
                    int pos = i / dims.dModel();
                    int column = i % dims.dModel();
                    double expected = b[column];
                    for (int k = 0; k < width; k++) {
                        expected += (double) mixed[pos * width + k] * w[k * dims.dModel() + column];
                    }
                    expected *= architecture.block().residualMultiplier();
                    assertThat((double) added[i]).isCloseTo(expected, within(TOLERANCE));
                }
            }
        }
    }

    @Test
    void readsOnlyTheBytesOfTheWeightThatIsAskedFor(@TempDir Path temp) {
        try (HookedModel model = open("gpt2", temp)) {
            assertThat(model.weights().bytesRead()).isZero();
            model.weights().get(WeightName.of(WeightPoint.W_K, 1)).close();
            assertThat(model.weights().bytesRead()).isEqualTo(32L * 32 * Float.BYTES);
        }
    }

    /** Read bytes count once: had the pass read anything that the hash does not cover, there would be more of them. */
    @ParameterizedTest
    @MethodSource("everyFolder")
    void theFingerprintOfAHookPointCoversWhatAPassReads(String folder, @TempDir Path temp) {
        try (HookedModel model = open(folder, temp)) {
            assertThat(model.fingerprint(List.of(), List.of())).isNotEqualTo(model.fingerprint());
            for (HookName hook : model.description().architecture().hookNames()) {
                model.fingerprint(List.of(hook), List.of());
                long hashed = model.weights().bytesRead();
                run(model, hook);
                assertThat(model.weights().bytesRead()).as("%s", hook).isEqualTo(hashed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void theFingerprintOfAWeightCoversItsBytesAlone(String folder, @TempDir Path temp) {
        try (HookedModel model = open(folder, temp)) {
            for (WeightName name : model.weights().names()) {
                model.fingerprint(List.of(), List.of(name));
                long hashed = model.weights().bytesRead();
                model.weights().get(name).close();
                assertThat(model.weights().bytesRead()).as("%s", name).isEqualTo(hashed);
            }
        }
    }

    @Test
    void queriesAndKeysOfALayerAreHashedWithoutItsValues(@TempDir Path temp) {
        try (HookedModel model = open("gpt2", temp)) {
            model.fingerprint(List.of(), List.of(WeightName.of(WeightPoint.W_Q, 1), WeightName.of(WeightPoint.W_K, 1)));
            assertThat(model.weights().bytesRead()).isEqualTo(2L * 32 * 32 * Float.BYTES);
        }
    }

    @Test
    void aPassThatStopsEarlyReadsNoDeeperWeights(@TempDir Path temp) {
        try (HookedModel model = open("llama_bf16_sharded", temp)) {
            long embedding = 312L * 32 * Short.BYTES;
            long perBlock = (4L * 32 * 32 + 3L * 32 * 64 + 2L * 32) * Short.BYTES;
            run(model, HookName.of(HookPoint.EMBED));
            assertThat(model.weights().bytesRead()).isEqualTo(embedding);
            run(model, HookName.of(HookPoint.RESID_PRE, 0));
            assertThat(model.weights().bytesRead()).isEqualTo(embedding);
            run(model, HookName.of(HookPoint.ATTN_OUT, 0));
            assertThat(model.weights().bytesRead()).isEqualTo(embedding + (4L * 32 * 32 + 32) * Short.BYTES);
            run(model, HookName.of(HookPoint.RESID_PRE, 1));
            assertThat(model.weights().bytesRead()).isEqualTo(embedding + perBlock);
            run(model, HookName.of(HookPoint.RESID_POST, 1));
            assertThat(model.weights().bytesRead()).isEqualTo(embedding + 2 * perBlock);
        }
    }

    @Test
    void refusesAWeightThatTheModelLacks(@TempDir Path temp) {
        try (HookedModel model = open("llama", temp)) {
            assertThatThrownBy(() -> model.weights().get(WeightName.of(WeightPoint.B_Q, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("blocks.0.attn.b_Q");
            assertThatThrownBy(() -> model.weights().get(WeightName.of(WeightPoint.W_Q, 2)))
                    .hasMessageContaining("blocks.2.attn.W_Q");
        }
    }

    private static HookedModel open(String folder, Path temp) {
        return GoldenFolder.open(Goldens.FAMILIES, folder, temp).model(ComputeOptions.cpu(1));
    }

    private static void run(HookedModel model, HookName hook) {
        model.run(BATCH, ForwardRequest.keep(hook)).close();
    }

    private static float[] floats(INDArray array) {
        return Arrays.copyOf(array.dup('c').data().asFloat(), (int) array.length());
    }
}
