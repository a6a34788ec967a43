package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.sweep.TrialRunner.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that stand more than once, as they are spelled or as the model reads them. */
class RepeatedTextsTest extends OnExperiment {

    private static final List<String> BIRDS = List.of("wren", "crow", "finch", "hawk", "dove", "swan", "duck", "owl");
    private static final List<String> THINGS = List.of("spoon", "chair", "lamp", "table", "fork", "door", "the", "a");
    private static final int COPIES = 6;

    private String yaml(String data, String step) {
        experiment.model("planted", PlantedBert.ofConcept(BIRDS, THINGS));
        return """
                name: repeats
                seed: 3
                model: ./planted
                data:
                %s
                steps:
                  step:
                    use: k_prober.%s
                """.formatted(data, step);
    }

    private static String copies(List<String> texts) {
        return IntStream.range(0, COPIES)
                .boxed()
                .flatMap(copy -> texts.stream())
                .collect(Collectors.joining(", "));
    }

    /** Under labels that mean nothing a text that chose a neuron would score well as its own copy. */
    @Test
    void equalTextsAreInOneHalf() {
        String data = "  with: {source: inline, texts: [%s, spoon]}\n  without: {source: inline, texts: [%s]}"
                .formatted(copies(BIRDS), copies(THINGS));
        ConceptNeurons found = experiment
                .finish(yaml(
                        data,
                        "find_concept_neurons\n    with: {true_texts: \"${data.with}\","
                                + " false_texts: \"${data.without}\", permutations: 200, length_strata: 1}"))
                .result("step", ConceptNeurons.class);
        Map<Object, Long> reported = found.texts().cells("text").stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(reported).hasSizeBetween(4, 12);
        reported.forEach(
                (text, count) -> assertThat(count).as("%s", text).isEqualTo(COPIES + ("spoon".equals(text) ? 1 : 0)));
        assertThat(found.warnings())
                .contains(
                        "80 texts repeat another of their side, such as 'a': each counts as one more, so that p-values"
                                + " are too small and intervals too narrow")
                .noneMatch(warning -> warning.contains("both halves"));
    }

    @Test
    void saysWhichTextsAreInBothHalvesOfAField() {
        saysBothHalves(
                "find_neurons_of_concepts\n    with: {concepts: \"${data.rows}\", permutations: 100}",
                "bird: 2 texts stand in both halves, such as 'spoon': what they choose is reported on them too, and looks"
                        + " too good");
        saysBothHalves(
                "evaluate_neurons\n    with: {definitions: \"${data.rows}\", lemmas: \"${data.rows}\", detectors: 2,"
                        + " ablated: 2, draws: 2}",
                "2 definitions stand in both halves of a concept: what they choose is reported on them too, and looks"
                        + " too good");
    }

    private void saysBothHalves(String step, String warning) {
        String rows = Stream.concat(
                        IntStream.range(0, 8).mapToObj(i -> row(BIRDS.get(i), true, i % 2)),
                        IntStream.range(0, 8).mapToObj(i -> row(THINGS.get(i), false, i % 2)))
                .collect(Collectors.joining(", "));
        String more = ", " + row("swan", true, 0) + ", " + row("spoon", false, 1);
        assertThat(said(rows + more, step)).contains(warning);
        assertThat(said(rows, step)).noneMatch(one -> one.contains("both halves"));
    }

    private List<String> said(String rows, String step) {
        Outcome outcome = experiment.finish(yaml("  rows: {source: inline, rows: [" + rows + "]}", step));
        return step.startsWith("evaluate")
                ? outcome.result("step", NeuronEvaluation.class).warnings()
                : outcome.result("step", NeuronsOfConcepts.class).warnings();
    }

    private static String row(String text, boolean label, int half) {
        return "{text: %s, class: bird, label: '%s', half: '%d'}".formatted(text, label, half);
    }

    @Test
    void aLongTextIsNamedByItsBeginning() {
        String text = "wren crow ".repeat(40).strip();
        LabelledTexts both =
                new LabelledTexts(List.of("0", "1"), List.of(text, text), new boolean[] {true, false}, List.of(1, 1));
        assertThat(both.warnings())
                .contains("1 texts stand on both sides, such as '" + "wren crow ".repeat(8)
                        + "...'; no score can be right for them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [[[5], [5]], [[6, 7], [8]]]                   | "'[5]'"
            [[[5, 6, 7, 8], [5, 6, 7, 9]], [[7], [8]]]    | "'[5, 6, 7]'"
            [[wren, chair], [The Lamp, the lamp]]         | 'The Lamp' and 'the lamp', which the model reads alike
            [[wren crow, wren chair], [lamp, fork]]       | 'wren crow' and 'wren chair', which the model reads alike
            """)
    void textsOnBothSidesAreThoseThatTheModelReadsAlike(String ids, String named) {
        String cut = ids.contains("crow") ? "3" : ids.contains("5, 6, 7, 8") ? "3" : "16";
        ProbeScores found = experiment
                .finish(yaml(
                        "  none: {source: inline, texts: [a]}",
                        "knowledge_probe\n    with: {concept_neuron: [1, 17], max_tokens: " + cut + ", ids: " + ids
                                + "}"))
                .result("step", ProbeScores.class);
        assertThat(found.warnings())
                .contains("1 texts stand on both sides, such as " + named + "; no score can be right for them");
    }
}
