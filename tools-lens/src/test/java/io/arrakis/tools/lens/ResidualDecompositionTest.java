package io.arrakis.tools.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Figure;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.InductionModel;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of a model in which one head is known to write the answer. */
class ResidualDecompositionTest {

    @TempDir
    Path temp;

    private TestExperiment experiment;

    @BeforeEach
    void models() throws IOException {
        experiment = TestExperiment.in(temp)
                .model("planted", InductionModel.make())
                .model("bert", TinyModel.bert(TinyModel.Size.SMALL, InductionModel.WORDS, 1));
        Goldens.FAMILIES.copy("bert", Files.createDirectory(temp.resolve("masked")));
    }

    private static String yaml(String model, String with) {
        return "name: parts\nseed: 3\nmodel: ./" + model
                + "\nsteps:\n  parts:\n    use: lens.residual_decomposition\n    with: {" + with + "}\n";
    }

    private ResidualParts parts(String with) {
        return experiment.finish(yaml("planted", with)).result("parts", ResidualParts.class);
    }

    private static List<Object> row(ResidualParts found, String part) {
        return found.parts().rows().stream()
                .filter(row -> row.get(0).equals(part))
                .findFirst()
                .orElseThrow();
    }

    private static double score(ResidualParts found, String part) {
        return (Double) row(found, part).get(found.parts().column("score"));
    }

    @Test
    void theInductionHeadWritesTheScore() {
        ResidualParts found = parts("texts: [dog ant fox hen ant], places: last, answer: fox, distractor: jay");
        double whole = found.score().orElseThrow().value();
        assertThat(found.scoreOf()).contains("'fox' less 'jay'");
        assertThat(whole).isGreaterThan(10);
        assertThat(score(found, "head 1.0")).isCloseTo(whole, within(1e-3 * whole));
        assertThat(found.parts().cells("part")).first().isEqualTo("head 1.0");
        assertThat(score(found, "embedding")).isCloseTo(0, within(1e-3));
        assertThat(score(found, "head 0.0")).isCloseTo(0, within(1e-3));
        assertThat(score(found, "mlp 1")).isZero();
        Figure.HeatMap heads = (Figure.HeatMap) found.headFigure().orElseThrow();
        assertThat(heads.values().get(1).get(0)).isCloseTo(whole, within(1e-3 * whole));
    }

    @Test
    void centringIsAPartOfItsOwn() {
        ResidualParts found = parts("texts: [dog ant fox hen ant], places: last, answer: fox");
        assertThat(found.parts().cells("part")).contains("norm centring of ln_final", "norm bias of ln_final");
        assertThat(found.parts().cells("kind")).doesNotContain("unembedding bias");
        List<Object> centring = row(found, "norm centring of ln_final");
        assertThat((Double) centring.get(found.parts().column("share"))).isNaN();
        // the directions of tokens have one 1 each, so less their mean they sum to 0, and what all dimensions share
        // cancels
        assertThat((Double) centring.get(found.parts().column("score"))).isCloseTo(0, within(1e-6));
    }

    @Test
    void takesTheNextTokenWhereNoneIsNamed() {
        ResidualParts found = parts("texts: [dog ant fox hen dog ant fox hen, bee owl elk bee owl elk]");
        assertThat(found.scoreOf()).contains("the next token less the mean of all tokens");
        assertThat(found.score().orElseThrow().low()).isNotNaN();
        assertThat(found.parts().cells("part")).first().isEqualTo("head 1.0");
        assertThat(parts("texts: [dog, ant]").warnings())
                .containsExactly(
                        "no score was taken apart: no token follows another in any text; name an answer, or give"
                                + " longer texts");
        assertThat(parts("texts: [dog ant], places: last").warnings())
                .containsExactly("no score was taken apart: name an answer, or take the last layer at each place");
    }

    @Test
    void anEmbeddingIsAllThatThereIsBelowTheFirstBlock() {
        ResidualParts found = parts("texts: [dog ant], layer_idx: 0");
        assertThat(found.parts().cells("part")).containsExactlyInAnyOrder("embedding", "positions");
        assertThat(found.headFigure()).isEmpty();
        assertThat(found.embedding().value()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void anEncoderIsTakenApartThroughTheNormsOfItsStream() {
        ResidualParts found =
                experiment.finish(yaml("bert", "texts: [ant bee, cat]")).result("parts", ResidualParts.class);
        assertThat(found.parts().cells("part"))
                .contains(
                        "embedding",
                        "token types",
                        "head 1.3",
                        "norm centring of embed.ln",
                        "norm bias of blocks.1.ln2");
        assertThat(found.score()).isEmpty();
        assertThat(found.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "planted | distractor: fox | there is a distractor but no answer to compare it with; name an answer",
                "planted | answer: fox, layer_idx: 1 | the model reads scores from residual layer 2, not from 1; leave layer_idx out,"
                        + " or answer",
                "planted | answer: zebra | :7:34: error TOOL-INPUT: 'zebra' is not in the vocabulary; give a text that the model has as"
                        + " one token",
                "planted | answer: fox, distractor: hen jay | 'hen jay' is 2 tokens, [hen, jay]",
                "bert | answer: fox | scores of model './bert' are no sum over parts: it has no unembedding; leave answer out",
                "masked | answer: the | scores of model './masked' are no sum over parts: its head has an activation function"
                        + " before the unembedding; leave answer out"
            })
    void saysWhatIsWrong(String model, String with, String message) {
        Outcome outcome = experiment.run(yaml(model, "texts: [ant], " + with));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems().toString()).contains(message);
    }
}
