package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Evaluation;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The evaluations, on models whose truth was planted. */
class EvaluationExperimentTest extends OnExperiment {

    private static final List<String> BIRDS = names("bird");
    private static final List<String> THINGS = names("thing");
    private static final String HEAD = "name: evaluation\nseed: 3\nmodel: ./planted\n";

    @Test
    void findsThePlantedNeuronOnDefinitionsAndOnWords() throws IOException {
        List<String> words = new ArrayList<>(THINGS);
        words.addAll(List.of("the", "a", "is", "kind"));
        experiment.model("planted", PlantedBert.ofConcept(BIRDS, words));
        Outcome outcome = experiment.finish(HEAD + """
                data:
                  definitions: {source: inline, rows: [%s]}
                  lemmas: {source: inline, rows: [%s]}
                steps:
                  neurons:
                    use: k_prober.evaluate_neurons
                    with:
                      definitions: ${data.definitions}
                      lemmas: ${data.lemmas}
                      detectors: 2
                      ablated: 5
                      draws: 20
                      required: {B1.mean: 0.9, B1.meen: 0.9}
                """.formatted(rows("a kind is the "), rows("")));
        NeuronEvaluation found = outcome.result("neurons", NeuronEvaluation.class);
        assertThat(found.heldOut().value()).isEqualTo(1);
        assertThat(figure(found.evaluation(), "B1", "mean").required()).isEqualTo(0.9);
        assertThat(found.warnings())
                .containsExactly(
                        "required has 'B1.meen', but there is no such figure: the name is wrong, or these data do not give it");
        assertThat(figure(found.evaluation(), "B2", "mean").value().value()).isEqualTo(1);
        assertThat(figure(found.evaluation(), "B3", "definitions").value().value())
                .isEqualTo(1);
        assertThat(figure(found.evaluation(), "B4", "mean").value().value()).isEqualTo(1);
        assertThat(found.concepts().cells("neuron")).containsExactly(17L, 17L);
        assertThat(figure(found.evaluation(), "B1.direction", "mean").value().value())
                .isEqualTo(1);
        assertThat(figure(found.evaluation(), "B5", "mean").value().value()).isGreaterThan(0.02);
        assertThat(figure(found.evaluation(), "B5", "above_random").value().value())
                .isEqualTo(2);
        assertThat(figure(found.evaluation(), "B5", "above_matched").value().value())
                .isEqualTo(2);
        assertThat(figure(found.evaluation(), "B5.random", "mean").value().value())
                .isCloseTo(0, within(1e-4));
        assertThat(Files.readString(outcome.directory().orElseThrow().resolve("results/neurons/evaluation.csv")))
                .startsWith("id,figure,value,low,high,control,required\nB1,mean,1.0,1.0,1.0,,0.9\n");
    }

    private static List<String> names(String kind) {
        return IntStream.range(0, 24).mapToObj(i -> kind + (char) ('a' + i)).toList();
    }

    /** Two concepts, of which one is the absence of the other. */
    private static String rows(String frame) {
        List<String> rows = new ArrayList<>();
        for (String concept : List.of("bird", "thing")) {
            for (int i = 0; i < BIRDS.size(); i++) {
                rows.add(row(frame + BIRDS.get(i), concept, concept.equals("bird"), i % 2));
                rows.add(row(frame + THINGS.get(i), concept, concept.equals("thing"), i % 2));
            }
        }
        return String.join(", ", rows);
    }

    private static String row(String text, String concept, boolean label, int half) {
        return "{text: %s, class: %s, label: '%s', half: '%d'}".formatted(text, concept, label, half);
    }

    private static Evaluation.Row figure(Evaluation evaluation, String id, String figure) {
        return evaluation.rows().stream()
                .filter(row -> row.id().equals(id) && row.figure().equals(figure))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void agreesWithPlantedSensesAndTellsThemApart() {
        List<String> free = IntStream.range(0, 20).mapToObj(PlantedSenses::name).toList();
        experiment.model("planted", PlantedBert.ofTopics(5, free));
        List<String> texts = new ArrayList<>();
        List<String> truth = new ArrayList<>();
        for (int word = 0; word < free.size(); word++) {
            int senses = word % 5 + 1;
            truth.add("{text: %s, senses: '%d', noun_only: '%s'}".formatted(free.get(word), senses, word % 2 == 0));
            for (int i = 0; i < 20; i++) {
                int topic = (word + i) % senses;
                List<String> company = PlantedBert.company(topic);
                texts.add("{text: %s %s, synset: %s, lemmas: %s}"
                        .formatted(free.get(word), company.get(i % 3), "s" + word + "." + topic, free.get(word)));
            }
        }
        String yaml = HEAD + """
                data:
                  texts: {source: inline, rows: [%s]}
                  words: {source: inline, rows: [%s]}
                steps:
                  polysemy:
                    use: k_prober.evaluate_polysemy
                    with: {contexts: "${data.texts}", truth: "${data.words}", self_layer: 1, neighbours_layer: 1,
                           sense_layer: 1, k_neighbors: 10, static_neighbors: 10, control_fields: [FIELD],
                           required: {A1.rho: 0.9, A8.rho: 0.5}}
                  score:
                    use: k_prober.polysemantic_score
                    with: {contexts: "${data.texts}", layer_idx: 1, k_neighbors: 10, static_neighbors: 10}
                """.formatted(String.join(", ", texts), String.join(", ", truth));
        Outcome outcome = experiment.finish(yaml.replace("FIELD", "noun_only"));
        PolysemyEvaluation found = outcome.result("polysemy", PolysemyEvaluation.class);
        assertThat(found.compared()).isEqualTo(20);
        assertThat(found.warnings())
                .contains(
                        "required has 'A8.rho', but there is no such figure: the name is wrong, or these data do not give it");
        assertThat(figure(found.evaluation(), "A1", "rho").required()).isEqualTo(0.9);
        assertThat(figure(found.evaluation(), "A1", "rho").value().value()).isGreaterThan(0.95);
        assertThat(figure(found.evaluation(), "A2", "rho").value().value()).isGreaterThan(0.95);
        assertThat(figure(found.evaluation(), "A1", "AUROC").value().value()).isEqualTo(1);
        assertThat(figure(found.evaluation(), "A3", "rho").value().value()).isGreaterThan(0.5);
        assertThat(figure(found.evaluation(), "A3.permuted", "rho").value().value())
                .isLessThan(figure(found.evaluation(), "A3", "rho").value().low());
        assertThat(figure(found.evaluation(), "A6", "accuracy").value().value()).isGreaterThan(0.99);
        assertThat(figure(found.evaluation(), "A6.chance", "accuracy").value().value())
                .isBetween(0.2, 0.6);
        SenseAccuracy senses =
                outcome.result("score", PolysemyScores.class).senses().orElseThrow();
        assertThat(senses.nearest().value())
                .isEqualTo(figure(found.evaluation(), "A6", "accuracy").value().value());
        assertThat(senses.chance())
                .isEqualTo(figure(found.evaluation(), "A6.chance", "accuracy")
                        .value()
                        .value());
        for (String id : List.of("A1", "A1.layer_0", "A3", "A4", "A5", "A7")) {
            assertThat(figure(found.evaluation(), id, "controlled").value().value())
                    .as(id)
                    .isNotEqualTo(
                            figure(found.evaluation(), id, "partial").value().value());
        }
        assertThat(figure(found.evaluation(), "A1", "controlled").value().value())
                .isGreaterThan(0.95);
        assertThat(experiment.run(yaml.replace("FIELD", "senses")).problems().toString())
                .contains("'senses' is the truth_field itself");
        assertThat(experiment.run(yaml.replace("FIELD", "size")).problems().toString())
                .contains("the rows of data.words have no field 'size'");
    }

    @Test
    void measuresCrowdingFromWeightsAlone() throws IOException {
        experiment.model("planted", PlantedBert.ofConcept(BIRDS, THINGS));
        Outcome outcome = experiment.finish(HEAD + """
                steps:
                  crowding:
                    use: k_prober.neuron_crowding
                    with: {layer_idx: 1, k_neighbors: 5}
                """);
        CrowdingScores found = outcome.result("crowding", CrowdingScores.class);
        assertThat(found.neurons().rows()).hasSize(64);
        assertThat(found.mean()).isPositive();
        assertThat(Files.readString(outcome.directory().orElseThrow().resolve("manifest.json")))
                .contains("\"passes\" : [ ]");
    }

    @Test
    void refusesMoreNeighboursThanThereAreNeurons() {
        experiment.model("planted", PlantedBert.ofConcept(BIRDS, THINGS));
        Outcome outcome = experiment.run(HEAD + """
                steps:
                  crowding:
                    use: k_prober.neuron_crowding
                    with: {layer_idx: 1, k_neighbors: 64}
                """);
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems().toString())
                .contains("k_neighbors 64, but a neuron of model './planted' has 63 others in its block");
    }
}
