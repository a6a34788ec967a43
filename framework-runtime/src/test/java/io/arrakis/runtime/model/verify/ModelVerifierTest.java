package io.arrakis.runtime.model.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Weights;
import io.arrakis.runtime.model.ComputeOptions;
import io.arrakis.runtime.model.GoldenFolders;
import io.arrakis.runtime.model.Models;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check holds for every golden model, and each fails for a model that is wrong in its way. */
class ModelVerifierTest {

    private static final String BATCH = "batch of 1 and of 6";
    private static final String LEFT = "padding on the left";
    private static final String MASKED = "other tokens under the mask";
    private static final String HEADS = "heads and b_O make attn_out";
    private static final String PATTERN = "scores through mask and softmax make pattern";
    private static final String PRECISE = ", float64";
    private static final String PRECISION = "float32 and float64";

    static List<String> everyFolder() {
        return Goldens.FAMILIES.folders().stream()
                .filter(name -> !name.equals("minilm"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void everyCheckHoldsForEveryFamily(String folder) {
        try (HookedModel model = open(folder, ComputeType.FLOAT32)) {
            ModelVerifier verifier = new ModelVerifier(model, () -> open(folder, ComputeType.FLOAT64));
            assertThat(verifier.run()).hasSize(9).allMatch(Finding::holds);
            assertThat(verifier.compare(GoldenFolders.folder(folder))).matches(Finding::holds);
        }
    }

    static List<String> everyVariant() {
        return Goldens.VARIANTS.folders();
    }

    @ParameterizedTest
    @MethodSource("everyVariant")
    void everyCheckHoldsForEveryOption(String folder, @TempDir Path temp) {
        Path directory = Goldens.VARIANTS.copy(folder, temp);
        try (HookedModel model = open(directory, ComputeType.FLOAT32)) {
            ModelVerifier verifier = new ModelVerifier(model, () -> open(directory, ComputeType.FLOAT64));
            assertThat(verifier.run()).hasSize(9).allMatch(Finding::holds);
            assertThat(verifier.compare(directory)).matches(Finding::holds);
        }
    }

    @Test
    void aModelThatDependsOnTheBatchFails() {
        assertThat(failing(HookPoint.RESID_PRE, batch -> batch.rows() > 1)).containsExactly(BATCH, LEFT, MASKED);
    }

    @Test
    void roundingThatAddsUpOverManyBlocksIsNoFailure(@TempDir Path temp) throws IOException {
        Path config = deep(temp);
        try (HookedModel model = random(config, ComputeType.FLOAT32)) {
            assertThat(new ModelVerifier(model, () -> random(config, ComputeType.FLOAT64)).run())
                    .hasSize(9)
                    .allMatch(Finding::holds);
        }
    }

    @Test
    void whatLeaksLessThanRoundingInADeepModelFails(@TempDir Path temp) throws IOException {
        Path config = deep(temp);
        Predicate<TokenBatch> together = batch -> batch.rows() > 1;
        double factor = 1 + 3e-6;
        try (HookedModel model =
                new Crooked(random(config, ComputeType.FLOAT32), HookPoint.RESID_PRE, together, factor)) {
            ModelVerifier verifier = new ModelVerifier(
                    model,
                    () -> new Crooked(random(config, ComputeType.FLOAT64), HookPoint.RESID_PRE, together, factor));
            assertThat(verifier.run().stream().filter(finding -> !finding.holds()))
                    .extracting(Finding::check)
                    .contains(BATCH + PRECISE, LEFT + PRECISE, MASKED + PRECISE);
        }
    }

    @Test
    void theFirstHookPointThatIsNotFiniteIsNamed() {
        HookName hook = HookName.of(HookPoint.MLP_POST, 0);
        try (HookedModel model =
                new Crooked(open("gpt2", ComputeType.FLOAT32), HookPoint.MLP_POST, batch -> true, Double.MAX_VALUE)) {
            assertThat(new ModelVerifier(model, () -> open("gpt2", ComputeType.FLOAT64)).run())
                    .filteredOn(finding -> finding.check().equals(PRECISION))
                    .extracting(Finding::where)
                    .containsExactly(hook.toString());
        }
    }

    @Test
    void aModelThatDependsOnTheSideOfThePaddingFails() {
        assertThat(failing(HookPoint.MLP_OUT, batch -> !batch.real(batch.rows() - 1, 0)))
                .containsExactly(LEFT);
    }

    @Test
    void aModelThatReadsMaskedTokensFails() {
        assertThat(failing(
                        HookPoint.Q,
                        batch -> batch.rows() > 1
                                && !batch.real(1, batch.columns() - 1)
                                && batch.id(1, batch.columns() - 1) != 0))
                .containsExactly(MASKED);
    }

    @Test
    void aModelWhoseHeadsDoNotAddUpFails() {
        assertThat(failing(HookPoint.ATTN_OUT, batch -> true)).containsExactly(HEADS, PRECISION);
    }

    @Test
    void aModelWhosePatternIsNotTheSoftmaxFails() {
        assertThat(failing(HookPoint.PATTERN, batch -> true)).containsExactly(PATTERN, PRECISION);
    }

    @Test
    void aModelOfOtherNumbersFailsAgainstTheReference() {
        try (HookedModel model = new Crooked(open("gpt2", ComputeType.FLOAT32), HookPoint.V, batch -> true, 1.001)) {
            Finding finding = new ModelVerifier(model, () -> open("gpt2", ComputeType.FLOAT64))
                    .compare(GoldenFolders.folder("gpt2"));
            assertThat(finding.holds()).isFalse();
            assertThat(finding.where()).contains("blocks.");
        }
    }

    @Test
    void tensorsOfBatchesWithoutInputsAreRefused(@TempDir Path temp) throws IOException {
        Path directory = Goldens.FAMILIES.copy("gpt2", temp);
        Path inputs = directory.resolve("inputs.json");
        Files.writeString(inputs, Files.readString(inputs).replace("\"left\"", "\"aside\""));
        try (HookedModel model = open("gpt2", ComputeType.FLOAT32)) {
            ModelVerifier verifier = new ModelVerifier(model, () -> open("gpt2", ComputeType.FLOAT64));
            assertThatThrownBy(() -> verifier.compare(directory))
                    .hasMessageContaining("has 'left.blocks.0")
                    .hasMessageContaining("inputs.json has no batch of that name; its batches are plain")
                    .hasMessageContaining("aside");
        }
    }

    /** Names of the checks that fail where a hook point of block 0 is a thousandth off in some batches. */
    private static List<String> failing(HookPoint point, Predicate<TokenBatch> when) {
        try (HookedModel model = new Crooked(open("gpt2", ComputeType.FLOAT32), point, when, 1.001)) {
            return new ModelVerifier(model, () -> open("gpt2", ComputeType.FLOAT64))
                    .run().stream()
                            .filter(finding -> !finding.holds())
                            .map(Finding::check)
                            .toList();
        }
    }

    private static HookedModel open(String folder, ComputeType type) {
        return open(GoldenFolders.folder(folder), type);
    }

    private static HookedModel open(Path directory, ComputeType type) {
        ModelContext context = new ModelContext(directory, GoldenFolders.cache());
        return Models.open(
                Checkpoints.builtIn().open(new ModelSpec.Named(directory.toString()), context),
                ModelFamilies.builtIn(),
                ComputeOptions.cpu(1).in(type));
    }

    /** So deep, and of weights so large, that rounding of float32 is more than 1e-5. */
    private static Path deep(Path directory) throws IOException {
        return Files.writeString(directory.resolve("config.json"), """
                {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 64, "num_hidden_layers": 32,
                 "num_attention_heads": 4, "num_key_value_heads": 4, "intermediate_size": 128, "vocab_size": 100,
                 "max_position_embeddings": 64, "rms_norm_eps": 1e-6, "hidden_act": "silu", "rope_theta": 10000.0,
                 "tie_word_embeddings": false, "initializer_range": 0.25}
                """);
    }

    private static HookedModel random(Path config, ComputeType type) {
        ModelContext context = new ModelContext(config.getParent(), GoldenFolders.cache());
        return Models.open(
                Checkpoints.builtIn().open(new ModelSpec.RandomConfig(config.toString(), 1), context),
                ModelFamilies.builtIn(),
                ComputeOptions.cpu(1).in(type));
    }

    /** A model whose numbers are multiplied at a hook point of block 0, for some batches. */
    private record Crooked(HookedModel straight, HookPoint point, Predicate<TokenBatch> when, double factor)
            implements HookedModel {

        @Override
        public Capture run(TokenBatch batch, ForwardRequest request) {
            Intervention change = Intervention.everywhere(HookName.of(point, 0), new Edit.Scale(factor));
            return straight.run(batch, when.test(batch) ? request.with(List.of(change)) : request);
        }

        @Override
        public ModelDescription description() {
            return straight.description();
        }

        @Override
        public String fingerprint() {
            return straight.fingerprint();
        }

        @Override
        public Tokenizer tokenizer() {
            return straight.tokenizer();
        }

        @Override
        public Weights weights() {
            return straight.weights();
        }

        @Override
        public void close() {
            straight.close();
        }
    }
}
