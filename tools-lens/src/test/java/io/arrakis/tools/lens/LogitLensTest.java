package io.arrakis.tools.lens;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.InductionModel;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lens on a model whose layers were made by hand, and on all families with a head. */
class LogitLensTest {

    private static final String REPEATED = "ant fox hen jay ant fox hen jay ant fox hen jay";

    @TempDir
    Path temp;

    private static String yaml(String model, String with) {
        return "name: lens\nseed: 3\nmodel: ./" + model + "\nsteps:\n  lens:\n    use: lens.logit_lens\n    with: "
                + with + "\n";
    }

    private LensReadings read(String with) {
        return TestExperiment.in(temp)
                .model("planted", InductionModel.make())
                .finish(yaml("planted", with))
                .result("lens", LensReadings.class);
    }

    @Test
    void theBlockWithTheInductionHeadIsWhereTheNextTokenIsKnown() {
        LensReadings found = read("{texts: [" + REPEATED + "], top: 2}");
        Table layers = found.layers();
        assertThat(layers.cells("layer")).containsExactly(0L, 1L, 2L);
        assertThat((Double) layers.cells("divergence").get(2)).isZero();
        assertThat((Double) layers.cells("agreement").get(2)).isEqualTo(1);
        assertThat((Double) layers.cells("divergence").get(0)).isGreaterThan(1);
        assertThat(found.agreesFrom()).isEqualTo(2);
        assertThat(found.largestDifference()).isLessThan(1e-4);
        assertThat(predicted(found, 8, 2)).containsExactly("fox");
        assertThat(predicted(found, 6, 2)).containsExactly("jay");
        assertThat(predicted(found, 6, 0)).containsExactly("hen");
        Figure.HeatMap text = (Figure.HeatMap) found.textFigure();
        assertThat(text.columns()).hasSize(12);
        assertThat(text.values().get(2).get(6)).isGreaterThan(0.9);
        assertThat(text.labels().get(2).get(6)).isEqualTo("jay");
    }

    private static List<String> predicted(LensReadings found, long position, long layer) {
        return found.tokens().rows().stream()
                .filter(row -> row.get(1).equals(position)
                        && row.get(3).equals(layer)
                        && row.get(4).equals(1L))
                .map(row -> (String) row.get(5))
                .toList();
    }

    @Test
    void readsTheLastLayerThoughItWasNotAskedFor() {
        LensReadings found = read("{texts: [" + REPEATED + ", cat dog cat dog], layers: [0], max_tokens: 3}");
        assertThat(found.layers().cells("layer")).containsExactly(0L, 2L);
        assertThat(found.warnings()).containsExactly("2 texts were cut because they were too long");
        assertThat(found.lastLogProbability().orElseThrow().low()).isNotNaN();
    }

    @Test
    void oneTokenHasNoNextOne() {
        assertThat(read("{texts: [ant]}").lastLogProbability()).isEmpty();
    }

    @Test
    void refusesAModelWithoutAHead() {
        TestExperiment experiment =
                TestExperiment.in(temp).model("bert", TinyModel.bert(TinyModel.Size.SMALL, InductionModel.WORDS, 1));
        Outcome outcome = experiment.run(yaml("bert", "{texts: [ant]}"));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems().toString())
                .contains(
                        "experiment.yaml:7:19: error TOOL-INPUT: model './bert' has no unembedding to read layers with;"
                                + " take a model with a language-model head");
    }
}
