package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.IndexStatistic;
import io.arrakis.api.stats.Samples;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Writes what the neurons of many concepts reached as figures; intervals are by bootstrap over concepts. */
final class ConceptSummary {

    private static final String MEAN = "mean";

    private final List<Row> rows;
    private final SeededRandom random;

    /**
     * What was measured of one concept, all on texts that did not choose.
     *
     * @param concept      its name
     * @param best         the best neuron on definitions
     * @param detector     AUROC of the detector on definitions
     * @param wordBest     the best neuron on words
     * @param wordDetector AUROC of the detector on words
     * @param transferred  AUROC on words of the neuron that definitions chose
     */
    record Row(
            String concept,
            ConceptFigures.Best best,
            double detector,
            Optional<ConceptFigures.Best> wordBest,
            OptionalDouble wordDetector,
            OptionalDouble transferred) {

        static Row withoutWords(String concept, ConceptFigures.Best best, double detector) {
            return new Row(concept, best, detector, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        }
    }

    ConceptSummary(List<Row> rows, SeededRandom random) {
        this.rows = List.copyOf(rows);
        this.random = random;
    }

    NeuronEvaluation result(Map<String, Double> required, List<String> warnings) {
        double[] best = rows.stream().mapToDouble(row -> row.best().heldOut()).toArray();
        double[] shuffled =
                rows.stream().mapToDouble(row -> row.best().shuffled()).toArray();
        EvaluationRows figures = new EvaluationRows(required);
        figures.add("B1", MEAN, mean(best));
        figures.add("B1", "over_0.8", over(best, 0.8));
        figures.add("B1", "over_0.9", over(best, 0.9));
        figures.add("B1.shuffled", MEAN, mean(shuffled));
        double[] detectors = rows.stream().mapToDouble(Row::detector).toArray();
        figures.add("B3", "definitions", mean(detectors));
        double[] words = wordBest().mapToDouble(ConceptFigures.Best::heldOut).toArray();
        if (words.length > 1) {
            figures.add("B2", MEAN, mean(words));
            figures.add("B2", "over_0.8", over(words, 0.8));
            figures.add(
                    "B2.shuffled",
                    MEAN,
                    mean(wordBest().mapToDouble(ConceptFigures.Best::shuffled).toArray()));
            figures.add(
                    "B3",
                    "lemmas",
                    mean(present(rows.stream().map(Row::wordDetector).toList())));
            double[] transferred = present(rows.stream().map(Row::transferred).toList());
            figures.add("B4", MEAN, mean(transferred));
            figures.add("B4", "over_0.8", over(transferred, 0.8));
        }
        return new NeuronEvaluation(
                mean(best), mean(shuffled), figures.evaluation(), table(), figure(best, shuffled), warnings);
    }

    private Stream<ConceptFigures.Best> wordBest() {
        return rows.stream().flatMap(row -> row.wordBest().stream());
    }

    private static double[] present(List<OptionalDouble> values) {
        return values.stream().flatMapToDouble(OptionalDouble::stream).toArray();
    }

    private Estimate mean(double[] values) {
        return estimate(
                values, units -> DoubleStream.of(pick(values, units)).average().orElseThrow());
    }

    /** Returns the number of concepts above a value; its interval is that of the share, times their number. */
    private Estimate over(double[] values, double value) {
        return estimate(values, units -> Arrays.stream(pick(values, units))
                .filter(one -> one > value)
                .count());
    }

    private static double[] pick(double[] values, int[] units) {
        return Samples.pick(values, units);
    }

    private Estimate estimate(double[] values, IndexStatistic statistic) {
        if (values.length < 2) {
            return Estimate.withoutInterval(statistic.of(new int[] {0}));
        }
        return Detection.estimate(Bootstrap.ofUnits(values.length).percentile(statistic, random.child("bootstrap")));
    }

    private Table table() {
        Table.Builder table = Table.builder()
                .text("concept", "name of the concept")
                .integer("layer", "block of the best neuron on definitions")
                .integer("neuron", "its number")
                .number("definitions", "AUROC of the best neuron on other definitions")
                .number("shuffled", "the same with shuffled labels")
                .number("definitions_detector", "AUROC of the detector on several neurons")
                .number("words", "AUROC of the best neuron on words, chosen on words")
                .number("words_detector", "AUROC of the detector on words")
                .number("transferred", "AUROC on words of the neuron that definitions chose");
        for (Row row : rows) {
            table.row(
                    row.concept(),
                    row.best().neuron().layer(),
                    row.best().neuron().neuron(),
                    row.best().heldOut(),
                    row.best().shuffled(),
                    row.detector(),
                    row.wordBest().map(ConceptFigures.Best::heldOut).orElse(null),
                    cell(row.wordDetector()),
                    cell(row.transferred()));
        }
        return table.build();
    }

    private static Object cell(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private Figure figure(double[] best, double[] shuffled) {
        return new Figure.Bars(
                "The best neuron of each concept, on definitions that did not choose it",
                new Figure.Axis("concept"),
                new Figure.Axis("AUROC"),
                rows.stream().map(Row::concept).toList(),
                List.of(
                        Figure.Series.of(
                                "best neuron", DoubleStream.of(best).boxed().toList()),
                        Figure.Series.of(
                                "shuffled labels",
                                DoubleStream.of(shuffled).boxed().toList())));
    }
}
