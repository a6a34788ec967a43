package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Writes what the neurons of many concepts reached as figures; intervals are by bootstrap over concepts. */
final class ConceptSummary {

    private static final String MEAN = "mean";

    private final List<Row> rows;
    private final SeededRandom random;

    /**
     * What was measured of one concept, all on texts that did not choose.
     *
     * @param concept     its name
     * @param definitions on definitions
     * @param words       on words, where there are any
     */
    record Row(String concept, OfDefinitions definitions, Optional<OfWords> words) {}

    /**
     * What was measured on definitions.
     *
     * @param best      the best neuron
     * @param detector  AUROC of the detector on several neurons
     * @param direction AUROC of a direction of sentence vectors
     * @param drops     what holding the best neurons does
     */
    record OfDefinitions(ConceptFigures.Best best, double detector, double direction, ConceptEffect.Drops drops) {}

    /**
     * What was measured on words.
     *
     * @param best        the best neuron, chosen on words
     * @param detector    AUROC of the detector on several neurons
     * @param transferred AUROC of the neuron that definitions chose
     */
    record OfWords(ConceptFigures.Best best, double detector, double transferred) {}

    ConceptSummary(List<Row> rows, SeededRandom random) {
        this.rows = List.copyOf(rows);
        this.random = random;
    }

    NeuronEvaluation result(Map<String, Double> required, List<String> warnings) {
        double[] best = ofDefinitions(found -> found.best().heldOut());
        double[] shuffled = ofDefinitions(found -> found.best().shuffled());
        Evaluation.Builder figures = Evaluation.requiring(required);
        figures.add("B1", MEAN, mean(best));
        figures.add("B1", "over_0.8", over(best, 0.8));
        figures.add("B1", "over_0.9", over(best, 0.9));
        figures.add("B1.shuffled", MEAN, mean(shuffled));
        figures.add("B1.direction", MEAN, mean(ofDefinitions(OfDefinitions::direction)));
        addWords(figures);
        figures.add("B3", "definitions", mean(ofDefinitions(OfDefinitions::detector)));
        addDrops(figures);
        List<String> all = new ArrayList<>(warnings);
        all.addAll(figures.warnings());
        return new NeuronEvaluation(mean(best), mean(shuffled), figures.build(), table(), figure(best, shuffled), all);
    }

    private void addWords(Evaluation.Builder figures) {
        double[] words = ofWords(found -> found.best().heldOut());
        if (words.length < 2) {
            return;
        }
        figures.add("B2", MEAN, mean(words));
        figures.add("B2", "over_0.8", over(words, 0.8));
        figures.add("B2.shuffled", MEAN, mean(ofWords(found -> found.best().shuffled())));
        figures.add("B3", "lemmas", mean(ofWords(OfWords::detector)));
        double[] transferred = ofWords(OfWords::transferred);
        figures.add("B4", MEAN, mean(transferred));
        figures.add("B4", "over_0.8", over(transferred, 0.8));
    }

    private void addDrops(Evaluation.Builder figures) {
        figures.add("B5", MEAN, mean(ofDefinitions(found -> found.drops().chosen())));
        figures.add(
                "B5", "above_random", over(ofDefinitions(found -> found.drops().aboveRandom() ? 1 : 0), 0.5));
        figures.add(
                "B5", "above_matched", over(ofDefinitions(found -> found.drops().aboveMatched() ? 1 : 0), 0.5));
        figures.add(
                "B5.random",
                MEAN,
                mean(ofDefinitions(found -> Moments.mean(found.drops().random()))));
        figures.add(
                "B5.matched",
                MEAN,
                mean(ofDefinitions(found -> Moments.mean(found.drops().matched()))));
    }

    private double[] ofDefinitions(ToDoubleFunction<OfDefinitions> value) {
        return rows.stream().map(Row::definitions).mapToDouble(value).toArray();
    }

    private double[] ofWords(ToDoubleFunction<OfWords> value) {
        return rows.stream()
                .flatMap(row -> row.words().stream())
                .mapToDouble(value)
                .toArray();
    }

    private Estimate mean(double[] values) {
        return OverUnits.mean(values, random.child("bootstrap"));
    }

    /** Returns the number of concepts above a value; its interval is that of the share, times their number. */
    private Estimate over(double[] values, double value) {
        return OverUnits.of(
                values, units -> Arrays.stream(units).filter(one -> one > value).count(), random.child("bootstrap"));
    }

    private Table table() {
        Table.Builder table = Table.builder()
                .text("concept", "name of the concept")
                .integer("layer", "block of the best neuron on definitions")
                .integer("neuron", "its number")
                .number("definitions", "AUROC of the best neuron on other definitions")
                .number("shuffled", "the same with shuffled labels")
                .number("definitions_detector", "AUROC of the detector on several neurons")
                .number("definitions_direction", "AUROC of a direction of sentence vectors")
                .number("drop", "of the cosine with that direction when the best neurons are held")
                .number("drop_random", "the same with random neurons of the same layers, largest of the draws")
                .number("drop_matched", "the same with neurons that respond as much, largest of the draws")
                .number("words", "AUROC of the best neuron on words, chosen on words")
                .number("words_detector", "AUROC of the detector on words")
                .number("transferred", "AUROC on words of the neuron that definitions chose");
        for (Row row : rows) {
            OfDefinitions found = row.definitions();
            table.row(
                    row.concept(),
                    found.best().neuron().layer(),
                    found.best().neuron().neuron(),
                    found.best().heldOut(),
                    found.best().shuffled(),
                    found.detector(),
                    found.direction(),
                    found.drops().chosen(),
                    DoubleStream.of(found.drops().random()).max().orElseThrow(),
                    DoubleStream.of(found.drops().matched()).max().orElseThrow(),
                    row.words().map(words -> words.best().heldOut()).orElse(null),
                    row.words().map(OfWords::detector).orElse(null),
                    row.words().map(OfWords::transferred).orElse(null));
        }
        return table.build();
    }

    private Figure figure(double[] best, double[] shuffled) {
        return ConceptBars.figure(
                "The best neuron of each concept, on definitions that did not choose it",
                rows.stream().map(Row::concept).toList(),
                ConceptBars.series("best neuron", best),
                ConceptBars.series("shuffled labels", shuffled));
    }
}
