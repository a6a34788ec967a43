package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.testkit.TinyModel;
import io.arrakis.testkit.TinyTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holding a planted neuron does, through YAML. */
class NeuronEffectTest extends OnExperiment {

    private static final List<String> BIRDS = List.of("wren", "crow", "finch", "hawk", "dove", "swan", "duck", "owl");
    private static final List<String> THINGS = List.of("spoon", "chair", "lamp", "table", "fork", "door", "the", "a");

    private static String yaml(String with) {
        return """
                name: effect
                seed: 3
                model: ./planted
                data:
                  with: {source: inline, texts: [%s]}
                  without: {source: inline, texts: [%s]}
                steps:
                  effect:
                    use: k_prober.neuron_effect
                    with: {true_texts: "${data.with}", false_texts: "${data.without}", draws: 20, %s}
                """.formatted(texts(BIRDS), texts(THINGS.subList(0, 6)), with);
    }

    private static String texts(List<String> words) {
        return words.stream()
                .flatMap(word -> List.of("the " + word, "a " + word, word).stream())
                .collect(Collectors.joining(", "));
    }

    private NeuronEffects effect(String with) {
        return experiment.finish(yaml(with)).result("effect", NeuronEffects.class);
    }

    private void birds() {
        experiment.model("planted", PlantedBert.ofConcept(BIRDS, THINGS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "zero", "resampled"})
    void thePlantedNeuronLosesMoreThanOthers(String heldAt) {
        birds();
        NeuronEffects found = effect("neurons: [[1, 17]], held_at: " + heldAt);
        assertThat(found.drop().value()).isGreaterThan(0.02);
        assertThat(found.drop().low()).isPositive();
        assertThat(found.pRandom()).isCloseTo(1 / 21.0, within(1e-12));
        assertThat(found.pMatched()).isCloseTo(1 / 21.0, within(1e-12));
        assertThat(found.others().cells("random")).hasSize(20).allSatisfy(drop -> assertThat((Double) drop)
                .isCloseTo(0, within(1e-4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "zero", "resampled"})
    void changesNoMoreTextsThanItSaidWhereThereAreMore(String heldAt) {
        birds();
        NeuronEffects found = effect("neurons: [[1, 17]], texts: 3, held_at: " + heldAt);
        assertThat(found.drop().value()).isPositive();
        assertThat(found.pRandom()).isCloseTo(1 / 21.0, within(1e-12));
    }

    /** Beside 32 of 64 neurons there is one draw of others. */
    @Test
    void countsNoDrawTwice() {
        birds();
        String half = IntStream.range(0, 32).mapToObj(i -> "[1, " + i + "]").collect(Collectors.joining(", "));
        NeuronEffects found = effect("neurons: [" + half + "]");
        assertThat(found.drop().value()).isGreaterThan(0.02);
        assertThat(found.pRandom()).isEqualTo(0.5);
        assertThat(found.pMatched()).isEqualTo(0.5);
        assertThat(found.others().rows()).hasSize(1);
        assertThat(found.warnings())
                .anyMatch(warning -> warning.startsWith("only 1 draws of random neurons, not 20: "))
                .anyMatch(warning -> warning.startsWith("only 1 draws of neurons that respond as much, not 20: "));
    }

    /** There are 63 other neurons, and one is drawn among the 50 that respond most alike. */
    @Test
    void drawsNoMoreThanThereAreOthers() {
        birds();
        NeuronEffects found = experiment
                .finish(yaml("neurons: [[1, 17]], texts: 2").replace("draws: 20", "draws: 1000"))
                .result("effect", NeuronEffects.class);
        List<Object> matched = found.others().cells("matched").stream()
                .filter(Objects::nonNull)
                .toList();
        assertThat(matched).hasSizeBetween(46, 50);
        assertThat(found.others().rows()).hasSizeBetween(59, 63);
        assertThat(found.pRandom()).isCloseTo(1.0 / (found.others().rows().size() + 1), within(1e-12));
        assertThat(found.pMatched()).isCloseTo(1.0 / (matched.size() + 1), within(1e-12));
        assertThat(found.warnings()).noneMatch(warning -> warning.contains("draws")); // p can reach .05
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, -1e-4})
    void warnsOfNeuronsThatNeverChange(double bias) {
        TinyModel model = PlantedBert.ofConcept(BIRDS, THINGS);
        for (int neuron : new int[] {18, 40}) {
            model.tensor("bert.encoder.layer.1.intermediate.dense.weight").setRow(neuron, new double[32]);
            model.tensor("bert.encoder.layer.1.intermediate.dense.bias").values()[neuron] = (float) bias;
        }
        experiment.model("planted", model);
        String said = " of the neurons respond alike to every text, such as [1, 18]: they tell nothing apart";
        assertThat(effect("neurons: [[1, 40], [0, 3], [1, 18]]").warnings()).contains("2" + said);
        assertThat(effect("neurons: [[1, 17], [0, 3], [1, 19]]").warnings())
                .noneMatch(warning -> warning.contains("alike"));
    }

    @Test
    void anotherNeuronLosesNothing() {
        birds();
        NeuronEffects found = effect("neurons: [[1, 18]]");
        assertThat(found.drop().value()).isCloseTo(0, within(1e-4));
        assertThat(found.pRandom()).isGreaterThan(0.02);
    }

    @Test
    void loseMoreTheFartherTheyAreMoved() {
        birds();
        NeuronEffects found = effect("neurons: [[1, 17]], doses: [0, 0.25, 0.5, 1]");
        List<Object> drops = found.doses().cells("drop");
        assertThat((Double) drops.get(0)).isCloseTo(0, within(1e-5));
        for (int i = 1; i < drops.size(); i++) {
            assertThat((Double) drops.get(i)).isGreaterThan((Double) drops.get(i - 1));
        }
        assertThat((Double) drops.get(3)).isCloseTo(found.drop().value(), within(1e-9));
    }

    @Test
    void takesTheNeuronsThatASearchFound() {
        birds();
        Outcome outcome = experiment.finish(yaml("neurons: \"${steps.found.first}\"") + """
                  found:
                    use: k_prober.find_concept_neurons
                    with: {true_texts: "${data.with}", false_texts: "${data.without}", permutations: 100, top: 2}
                """);
        ConceptNeurons found = outcome.result("found", ConceptNeurons.class);
        assertThat(found.first()).hasSize(2).first().isEqualTo(found.best());
        assertThat(found.company().several().value()).isGreaterThan(0.9);
        assertThat(found.company().direction().value()).isEqualTo(1);
        assertThat(found.tokens().cells("token")).contains("[CLS]", "wren");
        assertThat(outcome.result("effect", NeuronEffects.class).neurons()).isEqualTo(found.first());
    }

    /** Neuron 5 of block 1 of a GPT-2 reads birds and writes towards "fly" and away from "rust". */
    private static TinyModel predicting() {
        List<String> words = new ArrayList<>(BIRDS);
        words.addAll(THINGS);
        words.addAll(List.of("fly", "rust"));
        TinyModel model = TinyModel.gpt2(new TinyModel.Size(2, 32, 4, 64, 32), words, 3);
        for (String layer : List.of("0", "1")) {
            model.tensor("h." + layer + ".mlp.c_proj.weight").fill(0);
            model.tensor("h." + layer + ".attn.c_proj.weight").fill(0);
        }
        TinyTensor embedding = model.tensor("wte.weight");
        for (String word : words) {
            embedding.set(model.id(word), 5, BIRDS.contains(word) ? 3 : -0.2);
            embedding.set(model.id(word), 7, word.equals("fly") ? 2 : word.equals("rust") ? -2 : 0);
        }
        TinyTensor reads = model.tensor("h.1.mlp.c_fc.weight");
        for (int neuron = 0; neuron < 64; neuron++) {
            reads.set(5, neuron, neuron == 5 ? 2 : 0);
        }
        model.tensor("h.1.mlp.c_proj.weight").set(5, 7, 1);
        return model;
    }

    @Test
    void measuresLogitsWhereTheModelPredictsTokens() {
        experiment.model("planted", predicting());

        NeuronEffects found = effect("neurons: [[1, 5]], logits: {true_token: fly, false_token: rust}");

        assertThat(found.unchanged()).isPositive();
        assertThat(found.drop().value()).isGreaterThan(0.5);
        assertThat(found.pRandom()).isLessThan(0.05);
        assertThat(found.pMatched()).isLessThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsTheLastTokenOfTheTextsOwnWithAndWithoutChange(boolean endOfText) throws IOException {
        experiment.model("planted", predicting());
        if (endOfText) {
            endTexts(temp.resolve("planted/tokenizer.json"));
        }
        NeuronEffects found = effect("neurons: [[1, 5]], doses: [0, 1], logits: {true_token: fly, false_token: rust}");
        assertThat(found.unchanged()).isPositive();
        assertThat((Double) found.doses().cells("drop").get(0)).isCloseTo(0, within(1e-5));
        assertThat(found.drop().value()).isGreaterThan(0.5);
    }

    /** Lets a tokenizer put [SEP] behind each text. */
    private static void endTexts(Path tokenizer) throws IOException {
        String without = Files.readString(tokenizer);
        String with = without.replace("\"post_processor\": null", """
                "post_processor": {"type": "TemplateProcessing",
                  "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                  "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
                  "special_tokens": {"[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}}""");
        assertThat(with).isNotEqualTo(without);
        Files.writeString(tokenizer, with);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true_token: fly, false_token: fly     | 'fly' is true_token too, and its logit less itself is always 0
            true_token: nowhere, false_token: fly | 'nowhere' is not a token of model './planted'
            true_token: fly, false_token: nowhere | 'nowhere' is not a token of model './planted'
            """)
    void saysWhichTokensCannotBeCompared(String pair, String message) {
        experiment.model("planted", predicting());
        refuses(yaml("neurons: [[1, 5]], logits: {" + pair + "}"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            neurons: []                                                     | neurons
            neurons: [[1, 64]]                                              | neuron 64, but blocks of model './planted' have neurons 0 to 63
            neurons: [[1, 3], [1, 3]]                                       | a neuron is given twice
            neurons: [[1, 3]], logits: {true_token: wren, false_token: owl} | does not predict the next token
            neurons: [[1, 3]], held_at: nothing                             | nothing
            neurons: [[1, 3]], draws: 0                                     | draws
            neurons: [[1, 3]], half_field: half                             | half
            """)
    void saysWhatIsWrong(String with, String message) {
        birds();
        refuses(yaml(with), message);
    }
}
