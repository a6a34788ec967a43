package io.arrakis.tools.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.InductionModel;
import io.arrakis.testkit.TestExperiment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operation as an experimenter meets it, on a model whose heads were made to do one thing each. */
class AttentionPatternsTest {

    /** The first word has none before it and takes itself for that, so its repetition finds two places. */
    private static final double PLANTED_INDUCTION = (10 - 0.5) / 10;

    @TempDir
    Path temp;

    private TestExperiment experiment;

    @BeforeEach
    void model() {
        experiment = TestExperiment.in(temp).model("planted", InductionModel.make());
    }

    private static String yaml(String with) {
        return "name: heads\nseed: 3\nmodel: ./planted\ncontrols: {random_model: {seed: 1}}\nsteps:\n  heads:\n"
                + "    use: lens.attention_patterns\n    with: " + with + "\n";
    }

    @Test
    void findsThePlantedHeads() {
        Outcome outcome = experiment.finish(yaml("{sequence_length: 10}"));
        HeadScores found = outcome.result("heads", HeadScores.class);
        assertThat(found.induction().value()).isCloseTo(PLANTED_INDUCTION, within(0.002));
        assertThat(found.previousToken().value()).isGreaterThan(0.99);
        assertThat(found.firstToken().value()).isGreaterThan(0.99);
        assertThat(found.duplicateToken().value()).isCloseTo(0.5, within(0.01));
        assertThat(best(found.best()))
                .containsExactly("previous token 0.0", "duplicate token 1.1", "induction 1.0", "first token 0.1");
        assertThat(found.warnings()).isEmpty();
        HeadScores random = outcome.result("heads", "random_model", HeadScores.class);
        assertThat(random.induction().value()).isLessThan(0.2);
        assertThat(random.warnings()).anyMatch(warning -> warning.contains("no head stands out by induction"));
    }

    private static List<String> best(Table best) {
        return best.rows().stream()
                .map(row -> row.get(0) + " " + row.get(1) + "." + row.get(2))
                .toList();
    }

    @Test
    void drawsHeadsAndOnePattern() {
        HeadScores found = experiment.finish(yaml("{sequence_length: 10}")).result("heads", HeadScores.class);
        Figure.HeatMap map = (Figure.HeatMap) found.inductionFigure();
        assertThat(map.values().get(1).get(0)).isCloseTo(PLANTED_INDUCTION, within(0.002));
        Figure.HeatMap pattern = (Figure.HeatMap) found.pattern();
        assertThat(pattern.title()).contains("head 1.0");
        assertThat(pattern.values().get(13).get(4)).isGreaterThan(0.99);
        assertThat(pattern.columns().get(0)).startsWith("0 ");
    }

    @Test
    void scoresTextsToo() {
        HeadScores found = experiment
                .finish(yaml(
                        "{sequence_length: 8, layers: [0], texts: [ant bee ant bee, cat dog, owl], max_tokens: 3}"))
                .result("heads", HeadScores.class);
        Table texts = found.onTexts().orElseThrow();
        assertThat(texts.rows()).hasSize(2);
        assertThat((Double) texts.cells("previous_token").get(0)).isGreaterThan(0.99);
        assertThat((Double) texts.cells("first_token").get(1)).isGreaterThan(0.99);
        assertThat((Double) texts.cells("duplicate_token").get(1)).isGreaterThan(0.99);
    }

    @Test
    void namesTheStrongestAsAHeadWhereNoneStandsOut() {
        HeadScores found =
                experiment.finish(yaml("{sequence_length: 10, layers: 0}")).result("heads", HeadScores.class);
        assertThat(found.warnings()).anySatisfy(warning -> assertThat(warning)
                .matches("no head stands out by induction: the best, head 0\\.[01], is below twice what attention"
                        + " without preference gives"));
    }

    @Test
    void readsALayerOnceThatIsNamedTwice() {
        HeadScores found = experiment
                .finish(yaml("{sequence_length: 10, layers: [1, 1, 0]}"))
                .result("heads", HeadScores.class);
        assertThat(found.heads().cells("block")).hasSize(4).first().hasToString("1");
    }

    @Test
    void needsALayer() {
        Outcome outcome = experiment.run(yaml("{sequence_length: 10, layers: []}"));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems().toString()).contains("layers has 0 entries, but must have at least 1");
    }

    @Test
    void asksForNoMoreThanTheModelReads() {
        Outcome outcome = experiment.run(yaml("{sequence_length: 13}"));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems().toString())
                .contains("two copies of 13 words, but model './planted' reads 24 tokens; lower sequence_length");
    }
}
