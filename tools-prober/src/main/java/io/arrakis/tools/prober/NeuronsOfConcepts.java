package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.MaxTResult;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What {@link FindNeuronsOfConcepts} found. Every AUROC is from texts that had no part in the choice; intervals of means are by
 * bootstrap over concepts.
 *
 * @param found    number of concepts whose best neuron is better than the best of all neurons and concepts by chance
 * @param heldOut  mean AUROC of the best neurons
 * @param shuffled the same where labels mean nothing
 * @param several  mean AUROC of detectors on ten neurons of each concept
 * @param sentenceDirection mean AUROC of directions of sentence vectors
 * @param first    the best neuron of each concept, in the order of the data, for other steps
 * @param concepts a row for each concept
 * @param neurons  the first neurons of each concept
 * @param figure   the AUROC of each concept
 * @param warnings what a reader should know
 */
public record NeuronsOfConcepts(
        @Headline("concepts with a neuron")
        @Description(
                "Number of concepts whose best neuron has a p-value of at most 0.05 among all neurons and concepts.")
        int found,

        @Headline("AUROC of the best neurons on other texts, mean")
        @Description("Mean over concepts of the AUROC of the best neuron, on texts that did not choose it.")
        Estimate heldOut,

        @Headline("mean AUROC with shuffled labels")
        @Description("Mean over concepts of the AUROC of neurons chosen with shuffled labels; 0.5 is expected.")
        Estimate shuffled,

        @Headline("AUROC of ten neurons on the same texts, mean")
        @Description(
                "Mean over concepts of the AUROC of a detector on ten neurons: one is a detector, not the representation.")
        Estimate several,

        @Headline("AUROC of a direction of sentence vectors, mean")
        @Description("Mean over concepts of the AUROC of a direction of sentence vectors.")
        Estimate sentenceDirection,

        @Description("The best neuron of each concept, for other steps.")
        List<Neuron> first,

        @Description("A row for each concept, its neuron and how well that does.")
        Table concepts,

        @Description("The first neurons of the search for each concept, best first.")
        Table neurons,

        @Description("AUROC of the best neuron of each concept.")
        Figure figure,

        @Description("What a reader should know.") List<String> warnings) {

    private static final double LEVEL = 0.05;

    /**
     * One concept.
     *
     * @param name   of the concept
     * @param texts  its texts
     * @param search on the texts that choose
     * @param found  on the others
     */
    record One(String name, ConceptTexts texts, MaxTResult search, ConceptNeurons found) {}

    static NeuronsOfConcepts of(List<One> concepts, ConceptFamily family, int cut, SeededRandom random) {
        List<String> warnings = new ArrayList<>();
        CutTexts.warn(cut, warnings);
        for (One one : concepts) {
            one.found().warnings().stream()
                    .filter(warning -> !CutTexts.isSaidBy(warning))
                    .forEach(warning -> warnings.add(one.name() + ": " + warning));
        }
        return new NeuronsOfConcepts(
                (int) concepts.stream()
                        .filter(one -> family.pValue(one.search(), one.texts()) <= LEVEL)
                        .count(),
                mean(concepts, random, found -> found.heldOut().value()),
                mean(concepts, random, ConceptNeurons::shuffled),
                mean(concepts, random, found -> found.company().several().value()),
                mean(concepts, random, found -> found.company().direction().value()),
                concepts.stream().map(one -> one.found().best()).toList(),
                table(concepts, family),
                neurons(concepts),
                figure(concepts),
                warnings);
    }

    private static Estimate mean(List<One> concepts, SeededRandom random, ToDoubleFunction<ConceptNeurons> figure) {
        return OverUnits.mean(
                concepts.stream().map(One::found).mapToDouble(figure).toArray(), random.child("bootstrap"));
    }

    private static Table table(List<One> concepts, ConceptFamily family) {
        Table.Builder table = Table.builder()
                .text("concept", "as the data name it")
                .integer("true_texts", "texts with the concept")
                .integer("false_texts", "texts without")
                .integer("layer", "block of its best neuron")
                .integer("neuron", "number in its block")
                .text("direction", "which way it responds to true texts, on the texts that chose it")
                .number("auroc", "on texts that did not choose it, towards that direction")
                .number("low", "lower end of the interval of 95%")
                .number("high", "upper end")
                .number("average_precision", "on the same texts")
                .number("p_best", "of the best of all neurons, on the texts that chose it")
                .number("p_family", "of the best of all neurons and all concepts")
                .integer("significant", "neurons with a false discovery rate of at most 0.05")
                .number("shuffled", "AUROC where labels mean nothing, mean over shuffles")
                .number("several", "AUROC of a detector on ten neurons")
                .number("several_low", "lower end of the interval of 95%")
                .number("several_high", "upper end")
                .number("sentence_direction", "AUROC of a direction of sentence vectors")
                .number("sentence_direction_low", "lower end of the interval of 95%")
                .number("sentence_direction_high", "upper end");
        for (One one : concepts) {
            ConceptNeurons found = one.found();
            table.row(
                    one.name(),
                    one.texts().texts().count(true),
                    one.texts().texts().count(false),
                    found.best().layer(),
                    found.best().neuron(),
                    found.direction().name().toLowerCase(Locale.ROOT),
                    found.heldOut().value(),
                    found.heldOut().low(),
                    found.heldOut().high(),
                    found.averagePrecision().value(),
                    found.pValue(),
                    family.pValue(one.search(), one.texts()),
                    found.significant(),
                    found.shuffled(),
                    found.company().several().value(),
                    found.company().several().low(),
                    found.company().several().high(),
                    found.company().direction().value(),
                    found.company().direction().low(),
                    found.company().direction().high());
        }
        return table.build();
    }

    private static Table neurons(List<One> concepts) {
        Table.Builder table = ConceptSearch.neuronColumns(Table.builder().text("concept", "as the data name it"));
        for (One one : concepts) {
            for (List<Object> row : one.found().neurons().rows()) {
                List<Object> cells = new ArrayList<>(List.of(one.name()));
                cells.addAll(row);
                table.row(cells.toArray());
            }
        }
        return table.build();
    }

    private static Figure figure(List<One> concepts) {
        return ConceptBars.figure(
                "The best neuron of each concept, beside ten neurons and a direction",
                concepts.stream().map(One::name).toList(),
                series("best neuron", concepts, ConceptNeurons::heldOut),
                series("ten neurons", concepts, found -> found.company().several()),
                series("direction", concepts, found -> found.company().direction()));
    }

    private static Figure.Series series(String name, List<One> concepts, Function<ConceptNeurons, Estimate> figure) {
        return ConceptBars.series(
                name, concepts.stream().map(One::found).map(figure).toList());
    }
}
