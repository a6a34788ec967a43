package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.runtime.plan.TensorRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Logits of 2.4 GB: more than one of Java's buffers holds. */
class LargeCaptureTest {

    private static final int TOKENS = 1200;
    private static final int VOCABULARY = 500_000;
    private static final HookName LOGITS = HookName.of(HookPoint.LOGITS);
    private static final HookName NORMED = HookName.of(HookPoint.FINAL_NORMALIZED);

    @Tag("full")
    @Test
    void aTensorOfMoreThanTwoGibIsReadWhereItLies(@TempDir Path temp) throws IOException {
        Path config = Files.writeString(temp.resolve("config.json"), """
                {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "n_embd": 8, "n_layer": 1, "n_head": 2,
                 "n_positions": %d, "vocab_size": %d, "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5,
                 "initializer_range": 0.5, "tie_word_embeddings": true}
                """.formatted(TOKENS, VOCABULARY));
        ModelSpec spec = new ModelSpec.RandomConfig(config.toString(), 1);
        try (HookedModel model = Models.open(
                        Checkpoints.builtIn().open(spec, new ModelContext(temp, temp)),
                        ModelFamilies.builtIn(),
                        ComputeOptions.cpu(1));
                Capture capture = model.run(batch(), ForwardRequest.keep(LOGITS, NORMED));
                INDArray table = model.weights().get(WeightName.of(WeightPoint.W_E))) {
            INDArray last =
                    capture.get(NORMED).get(NDArrayIndex.point(0), NDArrayIndex.point(TOKENS - 1), NDArrayIndex.all());
            INDArray row = table.getRow(VOCABULARY - 1);
            double expected = last.mul(row).sumNumber().doubleValue();
            assertThat(capture.get(LOGITS).getDouble(0, TOKENS - 1, VOCABULARY - 1))
                    .isCloseTo(expected, within(1e-4));
            TensorRuns runs = new TensorRuns(capture.get(LOGITS));
            assertThat((double) runs.run(runs.length() - 1, 1).get(0)).isCloseTo(expected, within(1e-4));
        }
    }

    private static TokenBatch batch() {
        int[][] ids = new int[1][TOKENS];
        boolean[][] real = new boolean[1][TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            ids[0][i] = i * 7919 % VOCABULARY;
        }
        Arrays.fill(real[0], true);
        return TokenBatch.of(ids, real);
    }
}
