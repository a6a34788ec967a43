package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Correlation;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tool as an experimenter meets it: YAML in, results out, on models with planted weights. */
class ProberExperimentTest extends OnExperiment {

    private static final int TOPICS = 8;
    private static final List<String> MEMBERS = List.of("wren", "crow", "finch", "hawk", "dove", "swan");
    private static final List<String> OTHERS =
            List.of("spoon", "chair", "lamp", "table", "fork", "the", "a", "is", "near");
    private static final String HEAD = "name: prober\nseed: 3\nmodel: ./planted\n";

    @Test
    void scoresFollowTheNumberOfCompaniesThatAWordKeeps() {
        PolysemyScores found = polysemy("").result("senses", PolysemyScores.class);
        assertThat(found.scored()).isEqualTo(24);
        assertThat(found.rho().orElseThrow().value()).isGreaterThan(0.9);
        assertThat(found.agreement().get("neighbours").rho().orElseThrow().value())
                .isGreaterThan(0.7);
        assertThat(found.agreement().get("spread").rho().orElseThrow().value()).isGreaterThan(0.7);
        assertThat(found.auroc().orElseThrow().value()).isGreaterThan(0.95);
        assertThat(found.words().cells("word")).hasSize(24);
        assertThat(found.senses()).as("no text says which sense it shows").isEmpty();
    }

    /** Many occurrences have one vector here, which a graph does badly at. */
    @Test
    void aGraphSaysHowMuchOfExactSearchItFinds() {
        assertThat(polysemy("").result("senses", PolysemyScores.class).recall()).isEmpty();
        PolysemyScores found = polysemy("", ", search: graph").result("senses", PolysemyScores.class);
        double recall = found.recall().orElseThrow().value();
        assertThat(recall).isBetween(0.7, 0.95);
        assertThat(found.warnings())
                .contains(
                        "the graph finds %.3f of the nearest neighbours, less than 0.95: search exactly, or take neighbours and"
                                        .formatted(recall)
                                + " spread as rough");
        assertThat(found.agreement().get("neighbours").rho().orElseThrow().value())
                .isGreaterThan(0.7);
    }

    @Test
    void atLayerZeroNoWordDiffersFromItself() {
        PolysemyScores found =
                polysemy("controls: {layer_0: true}\n").result("senses", "layer_0", PolysemyScores.class);
        assertThat(found.layer()).isZero();
        assertThat(found.words().cells("self"))
                .allSatisfy(self -> assertThat((Double) self).isCloseTo(0, within(1e-5)));
    }

    @Test
    void holdsVerbSensesFixedWhereTheTruthKnowsThem() {
        PolysemyScores found = polysemy("").result("senses", PolysemyScores.class);
        double[] senses = numbers(found, "truth");
        double[] odd = Arrays.stream(senses).map(number -> number % 2).toArray();
        double expected = Correlation.partialSpearman(numbers(found, "score"), senses, odd);
        assertThat(found.controlledRho().orElseThrow().value()).isCloseTo(expected, within(1e-9));
        assertThat(polysemy("", ", control_fields: [has_verb]")
                        .result("senses", PolysemyScores.class)
                        .controlledRho())
                .isEqualTo(found.controlledRho());
        PolysemyScores without = polysemy("", ", control_fields: []").result("senses", PolysemyScores.class);
        assertThat(without.controlledRho()).isEmpty();
        assertThat(without.partialRho()).isEqualTo(found.partialRho());
    }

    private static double[] numbers(PolysemyScores found, String column) {
        return found.words().cells(column).stream()
                .mapToDouble(cell -> ((Number) cell).doubleValue())
                .toArray();
    }

    @Test
    void everyResultHasTheScoreOfPermutedNeighbours() {
        PolysemyScores found = polysemy("").result("senses", PolysemyScores.class);
        PermutedNeighbours permuted = found.permuted();
        assertThat(permuted.observed())
                .isCloseTo(Moments.mean(numbers(found, "neighbours")), within(1e-12))
                .isLessThan(permuted.mean().low());
        assertThat(permuted.mean().value())
                .isBetween(permuted.mean().low(), permuted.mean().high());
        assertThat(permuted.rho().orElseThrow().value())
                .isBetween(
                        permuted.rho().orElseThrow().low(),
                        permuted.rho().orElseThrow().high());
        assertThat(polysemy("").result("senses", PolysemyScores.class).permuted())
                .isEqualTo(permuted);
    }

    private Outcome polysemy(String controls) {
        return polysemy(controls, "");
    }

    private Outcome polysemy(String controls, String more) {
        List<String> free = IntStream.range(0, 24).mapToObj(PlantedSenses::name).toList();
        experiment.model("planted", PlantedBert.ofTopics(TOPICS, free));
        SeededRandom random = SeededRandom.of(1, "texts");
        List<String> texts = new ArrayList<>();
        List<String> truth = new ArrayList<>();
        for (int word = 0; word < free.size(); word++) {
            int senses = word % TOPICS + 1;
            truth.add(
                    "{text: " + free.get(word) + ", senses: '" + senses + "', has_verb: '" + (senses % 2 == 1) + "'}");
            int[] topics = random.sample(TOPICS, senses);
            for (int i = 0; i < 20; i++) {
                List<String> company = PlantedBert.company(topics[i % senses]);
                texts.add(free.get(word) + " " + company.get(i % 3) + " " + company.get((i + 1) % 3));
            }
        }
        return experiment.finish(
                HEAD + controls + """
                data:
                  contexts: {source: inline, texts: [%s]}
                  words: {source: inline, rows: [%s]}
                steps:
                  senses:
                    use: k_prober.polysemantic_score
                    with: {layer_idx: 1, k_neighbors: 10, contexts: "${data.contexts}", truth: "${data.words}",
                           words: "${data.words}", static_neighbors: 10%s}
                """.formatted(String.join(", ", texts), String.join(", ", truth), more));
    }

    @ParameterizedTest
    @CsvSource({"mean, 3", "first, 3", "skip, 1"})
    void scoresWordsOfSeveralTokens(String several, int scored) {
        List<String> free = List.of("plain", "zig", "##zag", "knick", "##knack");
        experiment.model("planted", PlantedBert.ofTopics(TOPICS, free));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String one = PlantedBert.company(0).get(i % 3);
            texts.add("zigzag " + PlantedBert.company(i % TOPICS).get(i % 3));
            texts.add("knickknack " + one);
            texts.add("plain " + PlantedBert.company(i % 2).get(i % 3));
        }
        PolysemyScores found = experiment
                .finish(HEAD + """
                data:
                  contexts: {source: inline, texts: [%s]}
                steps:
                  senses:
                    use: k_prober.polysemantic_score
                    with: {layer_idx: 1, k_neighbors: 10, contexts: "${data.contexts}", several_tokens: %s,
                           words: [zigzag, knickknack, plain], static_neighbors: 5}
                """.formatted(String.join(", ", texts), several))
                .result("senses", PolysemyScores.class);
        assertThat(found.scored()).isEqualTo(scored);
        List<Object> words = found.words().cells("word");
        if (scored == 3) {
            assertThat(words).containsExactly("zigzag", "plain", "knickknack");
        } else {
            assertThat(words).containsExactly("plain");
            assertThat(found.tooRare().cells("word")).containsExactly("knickknack", "zigzag");
        }
    }

    @Test
    void findsThePlantedNeuronAndProbesIt() {
        Outcome outcome = concept("", """
                  probe:
                    use: k_prober.knowledge_probe
                    with:
                      concept_neuron: ${steps.found.best}
                      ids: [[the wren is near, the spoon is near], [a swan, a lamp]]
                """);
        ConceptNeurons found = outcome.result("found", ConceptNeurons.class);
        assertThat(found.best()).isEqualTo(new Neuron(1, 17));
        assertThat(found.heldOut().value()).isEqualTo(1);
        assertThat(found.pValue()).isLessThan(0.01);
        assertThat(found.searched()).isEqualTo(128);
        assertThat(found.shuffled()).isBetween(0.3, 0.7);
        ProbeScores probe = outcome.result("probe", ProbeScores.class);
        assertThat(probe.neuron()).isEqualTo(found.best());
        assertThat(probe.auroc().value()).isEqualTo(1);
        assertThat(probe.trueScores()).hasSize(2).allMatch(score -> score > 1);
        assertThat(probe.falseScores()).hasSize(2).allMatch(score -> score < 0.5);
        assertThat(probe.pairs().orElseThrow().mean().value()).isGreaterThan(1);
    }

    @Test
    void textsTokenByTokenAreCutAndLabelledAsInTheSearch() {
        ConceptNeurons found = concept("", """
                  cut:
                    use: k_prober.find_concept_neurons
                    with:
                      {true_texts: "${data.with}", false_texts: "${data.without}", permutations: 100, max_tokens: 4}
                """).result("cut", ConceptNeurons.class);
        List<Object> positions = found.tokens().cells("position");
        assertThat(positions).contains(3L).allMatch(position -> (long) position < 4);
        assertThat(found.tokens().cells("token")).contains("[SEP]");
        assertThat(found.tokens().cells("label"))
                .hasSameSizeAs(positions)
                .startsWith(found.texts().cells("label").get(0));
        List<Object> largest = found.tokens().cells("response");
        assertThat(IntStream.range(0, 4)
                        .filter(i -> !Set.of("[CLS]", "[SEP]")
                                .contains((String) found.tokens().cells("token").get(i)))
                        .mapToDouble(i -> (double) largest.get(i))
                        .max())
                .hasValue((double) found.texts().cells("response").get(0));
    }

    @Test
    void tokenIdsAndADataSetGiveWhatTextsGive() {
        Outcome outcome = concept("""
                  pairs: {source: inline, rows: [{text: '', 'true': wren, 'false': spoon},
                                                 {text: '', 'true': swan, 'false': lamp}]}
                  labelled: {source: inline, rows: [{text: wren, label: 'true'}, {text: spoon, label: 'false'},
                                                    {text: swan, label: '1'}, {text: lamp, label: '0'}]}
                """, """
                  texts:
                    use: k_prober.knowledge_probe
                    with: {concept_neuron: [1, 17], ids: [[wren, spoon], [swan, lamp]]}
                  ids:
                    use: k_prober.knowledge_probe
                    with: {concept_neuron: [1, 17], ids: [[[2, 5, 3], [2, 11, 3]], [[2, 10, 3], [2, 13, 3]]]}
                  pairs:
                    use: k_prober.knowledge_probe
                    with: {concept_neuron: [1, 17], ids: "${data.pairs}"}
                  labelled:
                    use: k_prober.knowledge_probe
                    with: {concept_neuron: [1, 17], ids: "${data.labelled}"}
                """);
        ProbeScores texts = outcome.result("texts", ProbeScores.class);
        for (String other : List.of("pairs", "labelled")) {
            ProbeScores same = outcome.result(other, ProbeScores.class);
            assertThat(same.trueScores()).isEqualTo(texts.trueScores());
            assertThat(same.falseScores()).isEqualTo(texts.falseScores());
        }
        assertThat(outcome.result("labelled", ProbeScores.class).pairs()).isEmpty();
        assertThat(outcome.result("ids", ProbeScores.class).auroc()).isEqualTo(texts.auroc());
    }

    private Outcome concept(String data, String steps) {
        return experiment.finish(conceptYaml(data, steps));
    }

    private String conceptYaml(String data, String steps) {
        experiment.model("planted", PlantedBert.ofConcept(MEMBERS, OTHERS));
        return HEAD + """
                data:
                  with: {source: inline, texts: [%s]}
                  without: {source: inline, texts: [%s]}
                """.formatted(texts(MEMBERS), texts(OTHERS.subList(0, 5))) + data + """
                steps:
                  found:
                    use: k_prober.find_concept_neurons
                    with: {true_texts: "${data.with}", false_texts: "${data.without}", permutations: 200}
                """ + steps;
    }

    private static String texts(List<String> nouns) {
        return nouns.stream()
                .flatMap(noun ->
                        List.of("the NOUN", "a NOUN is near", "near the NOUN", "the NOUN is near a NOUN").stream()
                                .map(frame -> frame.replace("NOUN", noun)))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            concept_neuron: [2, 0], ids: [[a, the]]                | SPEC-RANGE | layer 2
            concept_neuron: [0, 64], ids: [[a, the]]               | SPEC-RANGE | neuron 64, but blocks of model './planted' have neurons 0 to 63
            concept_neuron: [0, -1], ids: [[a, the]]               | SPEC-RANGE | -1
            concept_neuron: [0], ids: [[a, the]]                   | SPEC-TYPE  | a list
            concept_neuron: [0, 1], ids: []                        | DATA-UNFIT | the list has no pair
            concept_neuron: [0, 1], ids: [[a, '']]                 | DATA-UNFIT | the text is empty
            concept_neuron: [0, 1], ids: [[[5], []]]               | DATA-UNFIT | there is no token id
            concept_neuron: [0, 1], ids: [[[5], [20]]]             | SPEC-RANGE | token id 20 is not in the vocabulary
            concept_neuron: [0, 1], ids: [[5, 6], [a, is]]         | TOOL-INPUT | '5' would be read as a text
            concept_neuron: [0, 1], ids: [[a, the, is]]            | SPEC-TYPE  | ids
            concept_neuron: [0, 1], ids: '${data.with}'            | DATA-UNFIT | neither the fields 'true' and 'false' nor the field 'label'
            concept_neuron: [0, 1], ids: [[a, is]], pooling: most  | SPEC-CHOICE| most
            concept_neuron: [0, 1], ids: [[a, is]], pooling: span  | TOOL-INPUT | pooling span needs the fields start and end
            concept_neuron: [0, 1], ids: [[a, is]], max_tokens: 1  | SPEC-RANGE | max_tokens
            """)
    void saysWhatIsWrongWithAProbe(String with, String code, String message) {
        Outcome outcome = experiment.run(conceptYaml(
                "",
                "  probe:\n    use: k_prober.knowledge_probe\n    with: {"
                        + with.replace("'$", "\"$").replace("}'", "}\"") + "}\n"));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems())
                .as("%s", outcome.problems())
                .anyMatch(problem -> problem.code().id().equals(code)
                        && problem.toString().contains(message)
                        && problem.location().line() > 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            layer_idx: 3                                          | SPEC-RANGE | layer_idx 3
            layer_idx: 1, k_neighbors: 0                          | SPEC-RANGE | k_neighbors
            layer_idx: 1, k_neighbours: 5                         | SPEC-UNKNOWN-KEY | k_neighbours
            layer_idx: 1, min_occurrences: 20, max_occurrences: 5 | SPEC-RANGE | max_occurrences 5 is below min_occurrences 20
            layer_idx: 1, few_senses: 4                           | SPEC-RANGE | many_senses 4
            layer_idx: 1, normalisation: raw                      | SPEC       | raw
            layer_idx: 1, truth: '${data.without}'                | DATA-UNFIT | the rows of data.without have no field 'senses'
            layer_idx: 1, truth: '${data.without}', control_fields: [nouns]  | DATA-UNFIT | the rows of data.without have no field 'nouns'
            layer_idx: 1, truth: '${data.without}', control_fields: [senses] | TOOL-INPUT | 'senses' is the truth_field itself
            layer_idx: 1, control_fields: [has_verb]              | TOOL-INPUT | there is no truth whose field 'has_verb' could be held fixed
            layer_idx: 1, normalisation: {all_but_top: 32}        | SPEC-RANGE | all_but_top 32 leaves nothing of vectors with 32 dimensions
            layer_idx: 1, words: []                               | TOOL-INPUT | the list has no word
            layer_idx: 1, words: [3, 99999, -1]                   | SPEC-RANGE | token id 99999 is not in the vocabulary
            """)
    void saysWhatIsWrongWithAScore(String with, String code, String message) {
        Outcome outcome = experiment.run(conceptYaml(
                "",
                "  senses:\n    use: k_prober.polysemantic_score\n    with: {contexts: \"${data.with}\", "
                        + with.replace("'$", "\"$").replace("}'", "}\"") + "}\n"));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems())
                .as("%s", outcome.problems())
                .anyMatch(problem -> problem.code().id().startsWith(code)
                        && problem.toString().contains(message)
                        && problem.location().line() > 0);
    }

    @Test
    void failsWhereNoWordOccursOftenEnough() {
        fails(
                conceptYaml("", """
                  senses:
                    use: k_prober.polysemantic_score
                    with: {layer_idx: 1, contexts: "${data.with}", min_occurrences: 40}
                """),
                "DATA-UNFIT: step 'senses': data.with: no word stands as one token in at least 40 texts; the most frequent, 'near', is in 18");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            words: [zebra, NEAR]                       | none of the words that are asked for stands as one token in at least 10 texts; the most frequent | spell words as
            words: [zebra], several_tokens: mean       | none of the words that are asked for stands as a word in at least 10 texts                       | spell words as
            words: [zebra, near], min_occurrences: 40  | stands as one token in at least 40 texts; the most frequent, 'near', is in 18                    | give more texts
            """)
    void failsWhereNoWordThatIsAskedForOccursOftenEnough(String words, String message, String mend) {
        Outcome outcome = fails(conceptYaml("", """
                  senses:
                    use: k_prober.polysemantic_score
                    with: {layer_idx: 1, contexts: "${data.with}", %s, max_occurrences: 50}
                """.formatted(words)), message);
        assertThat(outcome.problems().toString()).contains(mend);
    }

    @Test
    void failsWhereNoOtherWordStandsInTheTexts() {
        fails(
                conceptYaml("  alone: {source: inline, texts: [%s]}\n".formatted("near, ".repeat(12) + "near"), """
                  senses:
                    use: k_prober.polysemantic_score
                    with: {layer_idx: 1, contexts: "${data.alone}"}
                """),
                "data.alone: 'near' is the only word in its texts, so nothing can be near it");
    }

    /** So few occurrences that intervals are wide. */
    @Test
    void intervalsOfScoresEndWhereTheScoresDo() {
        for (String score : List.of("self", "neighbours", "combined", "self_in_text", "refined")) {
            Table words = polysemy("", ", min_occurrences: 3, max_occurrences: 4, score: " + score)
                    .result("senses", PolysemyScores.class)
                    .words();
            double largest =
                    PolysemyPart.valueOf(score.toUpperCase(Locale.ROOT)).largest();
            assertThat(words.cells("low")).hasSize(24).allMatch(low -> (double) low >= -1e-6);
            assertThat(words.cells("high")).allMatch(high -> (double) high <= largest);
        }
    }

    @Test
    void saysThatFewWordsOfTheTruthAreScoredAndThatTextsRepeat() {
        String data = "  known: {source: inline, rows: [{text: NEAR, senses: 2}, {text: THE, senses: '3'}]}\n"
                + "  twice: {source: inline, texts: [%1$s, %1$s]}\n".formatted(texts(MEMBERS));
        PolysemyScores found = experiment.finish(conceptYaml(data, """
                  senses:
                    use: k_prober.polysemantic_score
                    with: {layer_idx: 1, contexts: "${data.twice}", truth: "${data.known}", static_neighbors: 5}
                """)).result("senses", PolysemyScores.class);
        assertThat(found.warnings())
                .anyMatch(warning -> warning.startsWith("0 of 2 words of the truth are scored words; 'NEAR' is not"))
                .anyMatch(warning -> warning.startsWith(4 * MEMBERS.size() + " texts are the same as one before"));
    }

    @Test
    void failsOnALabelThatIsNone() {
        fails(
                conceptYaml("  odd: {source: inline, rows: [{text: wren, label: yes}]}\n", """
                  probe:
                    use: k_prober.knowledge_probe
                    with: {concept_neuron: [1, 17], ids: "${data.odd}"}
                """),
                "DATA-ROW: step 'probe': data.odd: row 1: the label is 'yes'");
    }

    @Test
    void failsWhereAllLabelsAreTrue() {
        fails(
                conceptYaml("  odd: {source: inline, rows: [{text: wren, label: 'true'}]}\n", """
                  probe:
                    use: k_prober.knowledge_probe
                    with: {concept_neuron: [1, 17], ids: "${data.odd}"}
                """),
                "DATA-UNFIT: step 'probe': ids: no text is labelled false");
    }

    @Test
    void warnsOfAConstantNeuronOfTextsOnBothSidesAndOfCutTexts() {
        Outcome outcome = concept("", """
                  probe:
                    use: k_prober.knowledge_probe
                    with:
                      concept_neuron: [1, 17]
                      max_tokens: 3
                      ids: [[the wren, the spoon is near], [the lamp, the lamp]]
                """);
        ProbeScores probe = outcome.result("probe", ProbeScores.class);
        assertThat(probe.auroc().value()).isEqualTo(0.5);
        assertThat(probe.pairs().orElseThrow().dz()).isEmpty();
        assertThat(probe.warnings())
                .anyMatch(warning ->
                        warning.startsWith("1 texts stand on both sides, such as 'the wren' and 'the spoon is near',"))
                .anyMatch(warning -> warning.contains("to every text: it tells nothing apart"))
                .anyMatch(warning -> warning.equals("4 texts were cut because they were too long"));
    }

    @Test
    void findsTheNeuronsOfSeveralConceptsInOneStep() {
        String rows =
                rows("bird", MEMBERS, OTHERS) + ", " + rows("tool", List.of("spoon", "lamp"), List.of("chair", "fork"));
        NeuronsOfConcepts found = concept("  classes: {source: inline, rows: [" + rows + "]}\n", """
                  several:
                    use: k_prober.find_neurons_of_concepts
                    with: {concepts: "${data.classes}", permutations: 200}
                """)
                .result("several", NeuronsOfConcepts.class);
        assertThat(found.concepts().cells("concept")).containsExactly("bird", "tool");
        assertThat(found.first().get(0)).isEqualTo(new Neuron(1, 17));
        assertThat((double) found.concepts().cells("auroc").get(0)).isEqualTo(1);
        assertThat((double) found.concepts().cells("p_family").get(0)).isLessThan(0.05);
        assertThat((double) found.concepts().cells("several").get(0)).isGreaterThan(0.9);
        assertThat((double) found.concepts().cells("sentence_direction").get(0)).isGreaterThan(0.9);
    }

    private static String rows(String concept, List<String> members, List<String> others) {
        List<String> rows = new ArrayList<>();
        for (String noun : members) {
            rows.add(row(concept, noun, true));
        }
        for (String noun : others) {
            rows.add(row(concept, noun, false));
        }
        return String.join(", ", rows);
    }

    private static String row(String concept, String noun, boolean label) {
        return IntStream.range(0, 2)
                .mapToObj(half -> Stream.of("the NOUN", "a NOUN is near", "near the NOUN")
                        .map(frame -> "{text: %s, class: %s, label: '%s', half: '%d'}"
                                .formatted(frame.replace("NOUN", noun), concept, label, half))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(", "));
    }
}
