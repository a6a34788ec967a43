package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.model.GoldenFolder.GoldenBatch;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Log probabilities follow from the logits that the reference implementation gives. */
class LogProbsTest {
    private static final double TOLERANCE = 1e-3;
    private static final HookName LOGITS = HookName.of(HookPoint.LOGITS);
    private static final HookName ALL = HookName.of(HookPoint.LOG_PROBS);
    private static final HookName NEXT = HookName.of(HookPoint.NEXT_TOKEN_LOG_PROB);

    static List<String> everyFolder() {
        return GoldenFolder.models();
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void followFromTheLogitsOfTheReference(String folder, @TempDir Path temp) {
        GoldenFolder golden = GoldenFolder.open(Goldens.FAMILIES, folder, temp);
        try (HookedModel model = golden.model(ComputeOptions.cpu(1))) {
            boolean decoder = !model.description().architecture().encoder();
            assertThat(model.description().architecture().has(NEXT)).isEqualTo(decoder);
            for (GoldenBatch batch : golden.batches()) {
                float[] logits = golden.values(batch.expected().get("logits"));
                List<HookName> hooks = decoder ? List.of(ALL, NEXT) : List.of(ALL);
                try (Capture capture = model.run(batch.batch(), ForwardRequest.keep(hooks))) {
                    compare(batch.batch(), logits, capture, decoder);
                }
            }
        }
    }

    private static void compare(TokenBatch batch, float[] logits, Capture capture, boolean decoder) {
        float[] all = capture.toArray(ALL);
        float[] next = decoder ? capture.toArray(NEXT) : new float[0];
        int width = logits.length / (batch.rows() * batch.columns());
        for (int row = 0; row < batch.rows(); row++) {
            for (int pos = 0; pos < batch.columns(); pos++) {
                if (batch.real(row, pos)) {
                    int place = row * batch.columns() + pos;
                    double[] expected = logSoftmax(logits, place * width, width);
                    for (int i = 0; i < width; i++) {
                        assertThat((double) all[place * width + i]).isCloseTo(expected[i], within(TOLERANCE));
                    }
                    if (decoder) {
                        boolean follows = pos + 1 < batch.columns() && batch.real(row, pos + 1);
                        double last = follows ? expected[batch.id(row, pos + 1)] : 0;
                        assertThat((double) next[place]).isCloseTo(last, within(TOLERANCE));
                    }
                }
            }
        }
    }

    private static double[] logSoftmax(float[] logits, int start, int width) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < width; i++) {
            largest = Math.max(largest, logits[start + i]);
        }
        double total = 0;
        for (int i = 0; i < width; i++) {
            total += Math.exp(logits[start + i] - largest);
        }
        double[] result = new double[width];
        for (int i = 0; i < width; i++) {
            result[i] = logits[start + i] - largest - Math.log(total);
        }
        return result;
    }

    @Test
    void followFromChangedLogits(@TempDir Path temp) {
        try (HookedModel model =
                GoldenFolder.open(Goldens.FAMILIES, "gpt2", temp).model(ComputeOptions.cpu(1))) {
            TokenBatch batch = TokenBatch.of(new int[][] {{5, 6, 7}}, new boolean[][] {{true, true, true}});
            Intervention zero = Intervention.everywhere(LOGITS, new Edit.Zero());
            try (Capture capture =
                    model.run(batch, ForwardRequest.keep(List.of(NEXT)).with(List.of(zero)))) {
                double even =
                        -Math.log(model.description().architecture().dims().dVocab());
                float[] next = capture.toArray(NEXT);
                assertThat((double) next[0]).isCloseTo(even, within(1e-5));
                assertThat((double) next[1]).isCloseTo(even, within(1e-5));
                assertThat(next[2]).isZero();
            }
        }
    }
}
