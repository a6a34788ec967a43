package io.arrakis.tools.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.operation.Example;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.InductionModel;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patching of a model in which one head is known to carry the answer, and of all families. */
class ActivationPatchingTest {

    private static final String ONE =
            "pairs: [{clean: dog ant fox hen ant, corrupted: dog ant jay hen ant, answer: fox," + " distractor: jay}]";
    private static final String FOUR = """
            pairs: [{clean: dog ant fox hen ant, corrupted: dog ant jay hen ant, answer: fox, distractor: jay},
              {clean: hen ant owl dog ant, corrupted: hen ant elk dog ant, answer: owl, distractor: elk},
              {clean: dog bee gnu hen bee, corrupted: dog bee cat hen bee, answer: gnu, distractor: cat},
              {clean: dog fox kite hen fox, corrupted: dog fox newt hen fox, answer: kite, distractor: newt}]""";

    @TempDir
    Path temp;

    private static String yaml(String model, String with) {
        return "name: patching\nseed: 3\nmodel: ./" + model
                + "\nsteps:\n  patch:\n    use: lens.activation_patching\n    with: {" + with + "}\n";
    }

    private Outcome planted(String with) {
        return TestExperiment.in(temp).model("planted", InductionModel.make()).run(yaml("planted", with));
    }

    private PatchEffects effects(String with) {
        Outcome outcome = planted(with);
        assertThat(outcome.problems().stream().filter(problem -> problem.isError()))
                .isEmpty();
        return outcome.result("patch", PatchEffects.class);
    }

    private static double effect(PatchEffects found, int block, int unit) {
        Figure.HeatMap map = (Figure.HeatMap) found.figure();
        return map.values().get(block).get(unit);
    }

    @Test
    void theInductionHeadCarriesTheAnswer() {
        PatchEffects found = effects(FOUR + ", site: heads");
        assertThat(found.bestSite()).isEqualTo("block 1, head 0");
        assertThat(found.heldOut()).isTrue();
        assertThat(found.best().value()).isCloseTo(1, within(1e-4));
        assertThat(effect(found, 0, 0)).isCloseTo(0, within(1e-3));
        assertThat(effect(found, 0, 1)).isCloseTo(0, within(1e-3));
        assertThat(effect(found, 1, 1)).isCloseTo(0, within(1e-3));
        assertThat(found.otherPair().orElseThrow().value()).isLessThan(0.6);
        assertThat(found.warnings()).isEmpty();
    }

    @Test
    void theOtherPairIsPutIntoPairsThatDidNotChooseTheSite() {
        String first = "{clean: dog ant fox hen ant, corrupted: dog ant jay hen ant, answer: fox, distractor: jay}";
        String second = "{clean: hen bee owl dog bee, corrupted: hen bee elk dog bee, answer: owl, distractor: elk}";
        PatchEffects found = effects("site: heads, pairs: [" + String.join(", ", first, first, second, second) + "]");
        assertThat(found.heldOut()).isTrue();
        assertThat(found.best().value()).isCloseTo(1, within(1e-4));
        // the next pair of those that chose the site is their double, which restores all
        assertThat(found.otherPair().orElseThrow().value()).isLessThan(0.6);
    }

    @Test
    void theAnswerIsCarriedFromItsPlaceToTheLastOneInTheLastBlock() {
        PatchEffects found = effects(ONE + ", site: residual");
        assertThat(found.bestSite()).isIn("block 0, position 2 fox/jay", "block 1, position 2 fox/jay");
        assertThat(effect(found, 0, 2)).isCloseTo(1, within(1e-4));
        assertThat(effect(found, 1, 2)).isCloseTo(1, within(1e-4));
        assertThat(effect(found, 1, 4)).isCloseTo(0, within(1e-4));
        PatchEffects attention = effects(ONE + ", site: attention_out");
        assertThat(effect(attention, 1, 4)).isCloseTo(1, within(1e-4));
        assertThat(effect(attention, 1, 2)).isCloseTo(0, within(1e-4));
        assertThat(effect(effects(ONE + ", site: mlp_out"), 1, 4)).isCloseTo(0, within(1e-4));
        assertThat(found.otherPair()).isEmpty();
        assertThat(found.warnings()).singleElement().asString().contains("chosen on the pairs that it was measured on");
    }

    @Test
    void bothDirectionsAndTheCosineFindTheSameHead() {
        PatchEffects back = effects(ONE + ", site: heads, direction: corrupted_into_clean");
        assertThat(effect(back, 1, 0)).isCloseTo(1, within(1e-4));
        PatchEffects cosine = effects(ONE + ", site: heads, metric: cosine");
        assertThat(effect(cosine, 1, 0)).isCloseTo(1, within(1e-3));
        Table pairs = cosine.pairs();
        assertThat((Double) pairs.cells("other_run").get(0)).isCloseTo(1, within(1e-9));
        assertThat((Double) pairs.cells("patched_run").get(0)).isLessThan(0.5);
    }

    @Test
    void readsPairsFromADataSet() {
        Outcome outcome =
                TestExperiment.in(temp).model("planted", InductionModel.make()).finish("""
                        name: patching
                        model: ./planted
                        data:
                          pairs: {source: inline, rows: [
                            {text: '', clean: dog ant fox hen ant, corrupted: dog ant jay hen ant, answer: fox, distractor: jay},
                            {text: '', clean: ant, corrupted: ant, answer: fox, distractor: jay}]}
                        steps:
                          patch:
                            use: lens.activation_patching
                            with: {pairs: "${data.pairs}", site: heads, layers: [1]}
                        """);
        PatchEffects found = outcome.result("patch", PatchEffects.class);
        assertThat(found.effects().cells("effect")).hasSize(2);
        assertThat(found.warnings()).anyMatch(warning -> warning.startsWith("1 of 2 pairs were left out"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{clean: ant fox, corrupted: ant} | 7:20 | the clean input has 2 tokens and the corrupted one 1",
                "{clean: ant, corrupted: fox} | 7:20 | compares the scores of two tokens, but there is no answer; give answer and"
                        + " distractor, or take metric: cosine",
                "{clean: ant, corrupted: fox, answer: ant} | 7:20 | but there is no distractor",
                "{clean: ant, corrupted: fox, answer: hen fox, distractor: ant} | 7:57 | 'hen fox' is 2 tokens, [hen, fox]",
                "{clean: ant, corrupted: fox, answer: zebra, distractor: ant} | 7:57 | 'zebra' is not in the vocabulary",
                "{clean: '', corrupted: '', answer: fox, distractor: ant} | 7:20 | the inputs have 0 tokens, but 1 to 24 are read"
            })
    void saysWhatIsWrongWithAPairBeforeAnythingRuns(String pair, String place, String message) {
        Outcome outcome = planted("pairs: [" + pair + "]");
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems()).singleElement().asString().contains(":" + place + ": error ", message);
    }

    @Test
    void saysWhatIsWrongWithEachPair() {
        Outcome outcome = planted("pairs: [{clean: ant fox, corrupted: ant}, {clean: ant, corrupted: fox}]");
        assertThat(outcome.problems()).hasSize(2);
    }

    @Test
    void pairsOfADataSetAreHeldToTheSame() {
        Outcome outcome =
                TestExperiment.in(temp).model("planted", InductionModel.make()).run("""
                name: patching
                model: ./planted
                data:
                  pairs: {source: inline, rows: [
                    {text: '', clean: ant fox, corrupted: ant, answer: fox, distractor: jay}]}
                steps:
                  patch: {use: lens.activation_patching, with: {pairs: "${data.pairs}"}}
                """);
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.problems().toString()).contains("the clean input has 2 tokens and the corrupted one 1");
    }

    @Test
    void needsPairsThatTheMetricTellsApart() {
        Outcome outcome = planted("pairs: [{clean: ant, corrupted: ant, answer: fox, distractor: ant}]");
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.problems().toString()).contains("in no pair does the metric tell");
    }

    @Test
    void positionsOfPairsOfOtherLengthsDoNotCorrespond() {
        Outcome outcome = planted("pairs: [{clean: ant fox, corrupted: bee fox, answer: fox, distractor: ant},"
                + " {clean: ant, corrupted: bee, answer: fox, distractor: ant}]");
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems())
                .singleElement()
                .asString()
                .contains(
                        ":7:88: error DATA-UNFIT: its inputs have 1 tokens and those before have 2, so that positions do"
                                + " not correspond; give pairs of one length, or take site: heads");
    }

    @Test
    void thePrintedExampleRuns() {
        String example = ActivationPatching.Params.class
                .getRecordComponents()[0]
                .getAnnotation(Example.class)
                .value();
        TinyModel model = TinyModel.gpt2(TinyModel.Size.SMALL, List.of("the", "cat", "dog", "and"), 1);
        TestExperiment.in(temp).model("words", model).finish(yaml("words", "pairs: " + example));
    }

    /** Its metric is computed from what enters the unembedding, so that a change of the scores would be lost. */
    @Test
    void followsNoChangeOfTheScores() {
        String changed = "    interventions: [{at: logits, edit: {scale: 2}}]\n";
        TestExperiment experiment = TestExperiment.in(temp).model("planted", InductionModel.make());
        Outcome refused = experiment.run(yaml("planted", ONE) + changed);
        assertThat(refused.status()).isEqualTo(Status.INVALID);
        assertThat(refused.problems().toString())
                .contains("it cannot follow a change at logits: it computes the scores");
        experiment.finish(yaml("planted", ONE + ", metric: cosine") + changed);
    }

    /** Twice the outputs have the same cosine, and one wrong score of a token that nobody asks for leaves no other trace. */
    @Test
    void outputsOfEqualMetricAreToldApart() {
        float[] outputs = {1, 2, 3, 4, 5, 6, 7, 8};
        PlainRuns plain = new PlainRuns(TokenRow.of(new int[] {3, 4}), Map.of(), new Matrix(4, 2, outputs));
        Matrix batch = new Matrix(4, 2, new float[] {2, 4, 6, 8, 5, 6, 7, Float.NaN});
        assertThat(plain.distance(0, batch, 0)).isEqualTo(4);
        assertThat(plain.distance(1, batch, 1)).isInfinite();
        assertThat(plain.distance(0, plain.outputs(), 0)).isZero();
        assertThat(plain.largest()).isEqualTo(8);
    }

    @Test
    void aModelWithoutAHeadHasACosineAlone() {
        TestExperiment experiment =
                TestExperiment.in(temp).model("bert", TinyModel.bert(TinyModel.Size.SMALL, InductionModel.WORDS, 1));
        Outcome refused = experiment.run(yaml("bert", ONE));
        assertThat(refused.status()).isEqualTo(Status.INVALID);
        assertThat(refused.problems().toString())
                .contains("model './bert' has no unembedding, so no scores to compare; take metric: cosine");
        PatchEffects found =
                experiment.finish(yaml("bert", ONE + ", metric: cosine")).result("patch", PatchEffects.class);
        assertThat(((Figure.HeatMap) found.figure()).columns()).hasSize(7);
    }
}
