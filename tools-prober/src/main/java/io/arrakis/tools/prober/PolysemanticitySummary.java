package io.arrakis.tools.prober;

import io.arrakis.api.result.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns what was detected of each concept into numbers of concepts of each neuron. */
final class PolysemanticitySummary {

    private final int layer;
    private final List<DetectedConcept> concepts;

    PolysemanticitySummary(int layer, List<DetectedConcept> concepts) {
        this.layer = layer;
        this.concepts = List.copyOf(concepts);
    }

    /** Returns exp of the entropy of what is above 0, or 0 where nothing is. */
    static double effectiveNumber(double[] excess) {
        double sum = Arrays.stream(excess).sum();
        if (sum <= 0) {
            return 0;
        }
        double entropy = 0;
        for (double one : excess) {
            entropy -= one > 0 ? one / sum * Math.log(one / sum) : 0;
        }
        return Math.exp(entropy);
    }

    PolysemanticNeurons result(List<String> warnings) {
        int width = concepts.isEmpty() ? 0 : concepts.get(0).excess().length;
        double[] effective = IntStream.range(0, width)
                .mapToDouble(neuron -> effectiveNumber(excess(neuron)))
                .toArray();
        int[] detecting = IntStream.range(0, width)
                .filter(neuron -> effective[neuron] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(neuron -> -effective[neuron]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new PolysemanticNeurons(
                layer,
                detecting.length,
                (int) Arrays.stream(detecting)
                        .filter(neuron -> detected(neuron) > 1)
                        .count(),
                Arrays.stream(detecting)
                        .mapToDouble(neuron -> effective[neuron])
                        .average()
                        .orElse(0),
                neurons(detecting, effective),
                concepts(),
                ResponseFigure.distribution(
                        "Concepts that a neuron detects",
                        "effective number",
                        "share of neurons",
                        width == 0 ? new double[] {0} : effective),
                warnings);
    }

    private double[] excess(int neuron) {
        return concepts.stream()
                .mapToDouble(concept -> concept.excess()[neuron])
                .toArray();
    }

    private long detected(int neuron) {
        return Arrays.stream(excess(neuron)).filter(one -> one > 0).count();
    }

    private Table neurons(int[] detecting, double[] effective) {
        Table.Builder table = Table.builder()
                .integer("neuron", "number in its block")
                .number("effective_number", "of concepts: exp of the entropy of the excess average precision")
                .integer("detected", "concepts above the level of chance")
                .text("concepts", "these, best first");
        for (int neuron : detecting) {
            String names = concepts.stream()
                    .filter(concept -> concept.excess()[neuron] > 0)
                    .sorted(Comparator.<DetectedConcept>comparingDouble(concept -> -concept.excess()[neuron]))
                    .map(DetectedConcept::name)
                    .collect(Collectors.joining(" "));
            table.row(neuron, effective[neuron], detected(neuron), names);
        }
        return table.build();
    }

    private Table concepts() {
        Table.Builder table = Table.builder()
                .text("concept", "its name")
                .number("level", "average precision that the best of all neurons reaches by chance, at 95%")
                .integer("neurons", "number of neurons above it")
                .integer("best_neuron", "the one farthest above; empty where none is")
                .number("best", "its average precision");
        for (DetectedConcept concept : concepts) {
            double[] excess = concept.excess();
            int best = IntStream.range(0, excess.length)
                    .boxed()
                    .max(Comparator.comparingDouble(neuron -> excess[neuron]))
                    .orElseThrow();
            boolean any = excess[best] > 0;
            table.row(
                    concept.name(),
                    concept.level(),
                    (int) Arrays.stream(excess).filter(one -> one > 0).count(),
                    any ? best : null,
                    any ? concept.level() + excess[best] : null);
        }
        return table.build();
    }
}
