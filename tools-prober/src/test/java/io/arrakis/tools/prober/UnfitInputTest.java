package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that are not finite, and texts that do not fit. */
class UnfitInputTest extends OnExperiment {

    private static final List<String> BIRDS = List.of("wren", "crow", "finch", "hawk", "dove", "swan", "duck", "owl");
    private static final List<String> THINGS = List.of("spoon", "chair", "lamp", "table", "fork", "door", "the", "a");

    private static final String EFFECT = "neuron_effect\n    with: {neurons: [[1, 17]], true_texts: \"${data.with}\","
            + " false_texts: \"${data.without}\", draws: 5%s}\n";
    private static final String POLYSEMANTICITY =
            "neuron_polysemanticity\n    with: {layer_idx: 1, concepts: \"${data.classes}\"%s}\n";
    private static final String CONCEPTS =
            "find_neurons_of_concepts\n    with: {concepts: \"${data.classes}\", permutations: 100%s}\n";
    private static final String EVALUATION = "evaluate_neurons\n    with: {definitions: \"${data.classes}\","
            + " lemmas: \"${data.classes}\", detectors: 2, ablated: 2, draws: 2%s}\n";
    private static final String SCORE = "polysemantic_score\n    with: {contexts: \"${data.with}\", layer_idx: 2,"
            + " truth: \"${data.words}\", k_neighbors: 2, static_neighbors: 2, min_occurrences: 3%s}\n";
    private static final String SENSES = "evaluate_polysemy\n    with: {contexts: \"${data.with}\","
            + " truth: \"${data.words}\", self_layer: 2, neighbours_layer: 1, sense_layer: 1, k_neighbors: 2,"
            + " static_neighbors: 2, min_occurrences: 3%s}\n";

    private static TinyModel model() {
        return PlantedBert.ofConcept(BIRDS, THINGS);
    }

    private static String yaml(String step, String before) {
        String rows = IntStream.range(0, 8)
                .mapToObj(
                        i -> row(before + BIRDS.get(i), true, i % 2) + ", " + row(before + THINGS.get(i), false, i % 2))
                .collect(Collectors.joining(", "));
        return """
                name: unfit
                seed: 3
                model: ./planted
                data:
                  with: {source: inline, texts: [%s]}
                  without: {source: inline, texts: [%s]}
                  classes: {source: inline, rows: [%s]}
                  words: {source: inline, rows: [{text: the, senses: 1}, {text: a, senses: 2}]}
                steps:
                  step:
                    use: k_prober.""".formatted(texts(BIRDS, before), texts(THINGS, before), rows) + step.formatted("");
    }

    private static String texts(List<String> words, String before) {
        return words.stream()
                .flatMap(word -> List.of(before + "the " + word, before + "a " + word, before + word).stream())
                .collect(Collectors.joining(", "));
    }

    private static String row(String text, boolean label, int half) {
        return "{text: %s, class: bird, label: '%s', half: '%d'}".formatted(text, label, half);
    }

    @ParameterizedTest
    @ValueSource(strings = {EFFECT, POLYSEMANTICITY, CONCEPTS, EVALUATION})
    void namesHookPointAndTextOfAnActivationThatIsNaN(String step) {
        TinyModel model = model();
        model.tensor("bert.encoder.layer.1.intermediate.dense.weight").set(3, 0, Double.NaN);
        experiment.model("planted", model);
        fails(
                yaml(step, ""),
                "blocks.1.mlp.hook_post: error NOT-FINITE: the model's numbers there are not finite: NaN at text 0 of"
                        + " data.");
    }

    @ParameterizedTest
    @ValueSource(strings = {SCORE, SENSES})
    void namesHookPointTextAndPositionOfAnActivationOfAWordThatIsNaN(String step) {
        TinyModel model = model();
        model.tensor("bert.encoder.layer.1.intermediate.dense.weight").set(3, 0, Double.NaN);
        experiment.model("planted", model);
        fails(
                yaml(step, ""),
                "blocks.1.hook_resid_post: error NOT-FINITE: the model's numbers there are not finite: NaN at text 0 of"
                        + " data.with, position 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {EFFECT, POLYSEMANTICITY, CONCEPTS, EVALUATION, SCORE, SENSES})
    void namesAnActivationThatIsInfinite(String step) {
        TinyModel model = model();
        model.tensor("bert.encoder.layer.1.intermediate.dense.weight").set(3, 0, 3e38);
        model.tensor("bert.encoder.layer.1.intermediate.dense.weight").set(3, 1, -3e38);
        experiment.model("planted", model);
        fails(yaml(step, ""), "error NOT-FINITE: the model's numbers there are not finite: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"doses: [1, 3e38]", "doses: [-1e39]"})
    void refusesADoseThatLeavesNoNumber(String doses) {
        experiment.model("planted", model());
        fails(yaml(EFFECT, "").replace("draws: 5", "draws: 5, held_at: mean, " + doses), "NOT-FINITE: step 'step': ");
    }

    @ParameterizedTest
    @ValueSource(strings = {EFFECT, POLYSEMANTICITY, CONCEPTS, EVALUATION})
    void cutsTextsThatAreLongerThanTheContextAndCountsThem(String step) throws IOException {
        experiment.model("planted", model());
        Outcome outcome = experiment.finish(yaml(step, "the a ".repeat(200)));
        Map<String, Integer> texts = Map.of(EFFECT, 48, POLYSEMANTICITY, 16, CONCEPTS, 16, EVALUATION, 32);
        assertThat(warnings(outcome)).contains("\"" + texts.get(step) + " texts were cut because they were too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {SCORE, SENSES})
    void countsTheTextsThatAreCutBehindTheirFirstWord(String step) throws IOException {
        experiment.model("planted", model());
        String cut = yaml(step, "").replace("min_occurrences: 3", "min_occurrences: 3, max_tokens: 3");
        assertThat(warnings(experiment.finish(cut))).contains("\"16 texts were cut because they were too long");
        assertThat(warnings(experiment.finish(yaml(step, "")))).doesNotContain("were cut");
    }

    @ParameterizedTest
    @ValueSource(strings = {POLYSEMANTICITY, CONCEPTS, EVALUATION})
    void saysThatATextStandsOnBothSides(String step) throws IOException {
        experiment.model("planted", model());
        String both = yaml(step, "").replace("text: " + THINGS.get(0) + ", class", "text: " + BIRDS.get(0) + ", class");
        assertThat(warnings(experiment.finish(both)))
                .containsPattern(
                        step.equals(EVALUATION)
                                ? "1 definitions stand on both sides of a concept"
                                : "bird: 1 texts stand on both sides, such as '" + BIRDS.get(0) + "'");
        assertThat(warnings(experiment.finish(yaml(step, "")))).doesNotContain("both sides");
    }

    @Test
    void keepsNoPassOfTheEvaluationWithNeuronsHeld() throws IOException {
        experiment.model("planted", model());
        Outcome outcome = experiment.finish(yaml(EVALUATION, ""));
        assertThat(Files.readString(outcome.directory().orElseThrow().resolve("manifest.json")))
                .containsPattern("\"passes_not_kept\" : [1-9]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            label: 'true'  | label: 'yes'   | the field 'label' is 'yes'
            label: 'false' | label: ''      | the field 'label' is
            half: '0'      | half: '2'      | the field 'half' is '2'
            label: 'false' | label: 'true'  | the concept 'bird' has 0 rows with label false and half 0, and 2 are needed
            half: '1'      | half: '0'      | the concept 'bird' has 0 rows with label true and half 1, and 2 are needed
            """)
    void saysWhatIsWrongWithTheRowsOfConcepts(String what, String instead, String message) {
        experiment.model("planted", model());
        for (String step : List.of(POLYSEMANTICITY, CONCEPTS)) {
            Outcome outcome = fails(yaml(step, "").replace(what, instead), "data.classes: ");
            assertThat(outcome.problems().toString()).contains(message);
            assertThat(outcome.problems().get(0).location().line()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {POLYSEMANTICITY, CONCEPTS})
    void labelsAreReadAsTablesWriteThem(String step) throws IOException {
        experiment.model("planted", model());
        String plain = warnings(experiment.finish(yaml(step, "")));
        String tables =
                yaml(step, "").replace("label: 'true'", "label: 'True'").replace("label: 'false'", "label: '0'");
        assertThat(warnings(experiment.finish(tables))).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            neuron_polysemanticity   | layer_idx: 1, concepts: DATA.classes                | 'start'
            find_neurons_of_concepts | concepts: DATA.classes                              | 'end'
            find_concept_neurons     | true_texts: DATA.with, false_texts: DATA.without    | 'start'
            find_concept_neurons     | true_texts: [a, the], false_texts: DATA.without     | start and end, which a list
            knowledge_probe          | concept_neuron: [1, 17], ids: DATA.classes          | 'end'
            knowledge_probe          | concept_neuron: [1, 17], ids: DATA.pairs            | for each text, which pairs do not
            """)
    void aSpanNeedsItsFieldsBeforeAnythingRuns(String step, String with, String missing) {
        experiment.model("planted", model());
        String named = with.replaceAll("DATA\\.([a-z]+)", "\"\\${data.$1}\"");
        String pairs = "  pairs: {source: inline, rows: [{text: '', 'true': wren, 'false': spoon}]}\nsteps:";
        refuses(
                yaml(step + "\n    with: {" + named + ", pooling: span}\n", "").replace("steps:", pairs),
                missing.startsWith("'") ? "have no field " + missing : missing);
    }

    @Test
    void saysThatListedNeuronsNeverChange() {
        TinyModel model = model();
        model.tensor("bert.encoder.layer.0.intermediate.dense.weight").fill(0);
        experiment.model("planted", model);
        String search =
                "find_concept_neurons\n    with: {true_texts: \"${data.with}\", false_texts: \"${data.without}\","
                        + " permutations: 100, top: 5, layers: %s}\n";
        assertThat(found(search.formatted(0)))
                .contains(
                        "5 of the 5 neurons listed never change over the texts that are reported: they tell nothing apart");
        assertThat(found(search.formatted(1))).noneMatch(warning -> warning.contains("never change"));
    }

    private List<String> found(String step) {
        return experiment
                .finish(yaml(step, ""))
                .result("step", ConceptNeurons.class)
                .warnings();
    }

    private static String warnings(Outcome outcome) throws IOException {
        return Files.readString(outcome.directory().orElseThrow().resolve("results/step/result.json"));
    }
}
