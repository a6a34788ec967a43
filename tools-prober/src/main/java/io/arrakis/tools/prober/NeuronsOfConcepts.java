package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.MaxTResult;
import io.arrakis.api.stats.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What {@link FindNeuronsOfConcepts} found. Every AUROC is from texts that had no part in the choice.
 *
 * @param found    number of concepts whose best neuron is better than the best of all neurons and concepts by chance
 * @param heldOut  mean AUROC of the best neurons
 * @param shuffled the same where labels mean nothing
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
        double heldOut,

        @Headline("mean AUROC with shuffled labels")
        @Description("Mean over concepts of the AUROC of neurons chosen with shuffled labels; 0.5 is expected.")
        double shuffled,

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

    static NeuronsOfConcepts of(List<One> concepts, ConceptFamily family, int cut) {
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
                mean(concepts, one -> one.found().heldOut().value()),
                mean(concepts, one -> one.found().shuffled()),
                concepts.stream().map(one -> one.found().best()).toList(),
                table(concepts, family),
                neurons(concepts),
                figure(concepts),
                warnings);
    }

    private static double mean(List<One> concepts, ToDoubleFunction<One> figure) {
        return Moments.mean(concepts.stream().mapToDouble(figure).toArray());
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
                .number("shuffled", "AUROC where labels mean nothing, mean over shuffles");
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
                    found.shuffled());
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
        List<Estimate> estimates =
                concepts.stream().map(one -> one.found().heldOut()).toList();
        return new Figure.Bars(
                "The best neuron of each concept",
                new Figure.Axis("concept"),
                new Figure.Axis("AUROC on other texts"),
                concepts.stream().map(One::name).toList(),
                List.of(new Figure.Series(
                        "AUROC",
                        estimates.stream().map(Estimate::value).toList(),
                        estimates.stream().map(Estimate::low).toList(),
                        estimates.stream().map(Estimate::high).toList())));
    }
}
