package io.arrakis.tools.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Table;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.TestExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Identities that hold in every family with a head, against the forward pass, on models whose numbers are those of Hugging Face
 * transformers: the last layer of the lens is the model, the parts sum to the stream and to the score, and a patch of nothing or
 * of everything does what it must.
 */
class FamiliesTest {

    private static final String EXPERIMENT = """
            name: families
            model: ./golden
            steps:
              lens: {use: lens.logit_lens, with: {texts: &texts [the cat sat on the mat, a dog]}}
              parts: {use: lens.residual_decomposition, with: {texts: *texts}}
              middle: {use: lens.residual_decomposition, with: {texts: *texts, layer_idx: 1, places: last}}
              residual: {use: lens.activation_patching, with: {metric: cosine, pairs: [
                {clean: the cat sat on the mat, corrupted: the mat sat on the cat}]}}
              heads: {use: lens.activation_patching, with: {site: heads, metric: cosine, pairs: [
                {clean: the cat sat on the mat, corrupted: the mat sat on the cat}]}}
            """;

    @TempDir
    Path temp;

    static List<String> families() {
        return Goldens.FAMILIES.folders().stream()
                .filter(folder -> !folder.equals("minilm"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("families")
    void identitiesHold(String family) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("golden"));
        Goldens.FAMILIES.copy(family, folder);
        Outcome outcome = TestExperiment.in(temp).finish(EXPERIMENT);
        LensReadings lens = outcome.result("lens", LensReadings.class);
        assertThat(lens.largestDifference()).isLessThan(1e-4);
        int last = lens.layers().rows().size() - 1;
        assertThat((Double) lens.layers().cells("divergence").get(last)).isZero();
        assertThat((Double) lens.layers().cells("divergence").get(0)).isGreaterThan(0.01);
        ResidualParts parts = outcome.result("parts", ResidualParts.class);
        assertThat(parts.largestDifference()).isLessThan(1e-4);
        assertThat(parts.largestScoreDifference()).isLessThan(1e-4);
        assertThat(sum(parts.parts(), "share")).isCloseTo(1, within(1e-4));
        parts.score()
                .ifPresent(score -> assertThat(sum(parts.parts(), "score")).isCloseTo(score.value(), within(1e-4)));
        assertThat(parts.score().isPresent())
                .isEqualTo(!List.of("bert", "roberta").contains(family));
        assertThat(sum(outcome.result("middle", ResidualParts.class).parts(), "share"))
                .isCloseTo(1, within(1e-4));
        PatchEffects residual = outcome.result("residual", PatchEffects.class);
        assertThat(residual.largestSlip()).isLessThan(1e-4);
        assertThat(outcome.result("heads", PatchEffects.class).largestSlip()).isLessThan(1e-4);
    }

    /** What is checked must hold in coarse numbers too, but for what they are rounded by. */
    @ParameterizedTest
    @CsvSource({
        "gpt2, float64",
        "gpt2, float32",
        "gpt2, float16",
        "gpt2, bfloat16",
        "bert, float16",
        "bert, bfloat16",
        "llama, float16",
        "llama, bfloat16",
        "gemma2, bfloat16"
    })
    void identitiesHoldInEveryNumberType(String family, String dtype) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("golden"));
        Goldens.FAMILIES.copy(family, folder);
        Outcome outcome = TestExperiment.in(temp).finish(EXPERIMENT + "dtype: " + dtype + "\n");
        double differs = outcome.result("parts", ResidualParts.class).largestDifference();
        assertThat(differs > 1e-4).as("rounds by " + differs).isEqualTo(dtype.endsWith("float16"));
    }

    private static double sum(Table table, String column) {
        return table.cells(column).stream()
                .filter(Objects::nonNull)
                .mapToDouble(cell -> (Double) cell)
                .filter(value -> !Double.isNaN(value))
                .sum();
    }
}
