package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.Auroc;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.LabelPermutation;
import io.arrakis.api.stats.LogisticModel;
import io.arrakis.api.stats.LogisticRegression;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.api.stats.Standardisation;
import java.util.Arrays;
import java.util.List;

/** Chooses the neurons of one concept on one half of its texts, and measures them on the other. */
final class ConceptFigures {

    /** Neurons that are weighed together beside the best. */
    static final int DETECTOR = 10;

    private static final double REGULARISATION = 0.1;
    private static final double LEVEL = 0.95;

    private final List<Integer> layers;
    private final OperationContext context;

    ConceptFigures(List<Integer> layers, OperationContext context) {
        this.layers = layers;
        this.context = context;
    }

    /**
     * The best neuron of a concept.
     *
     * @param neuron   the neuron
     * @param sign     1 where it is larger for true texts, -1 where it is smaller
     * @param heldOut  AUROC towards that direction on the other half
     * @param shuffled the same for the best neuron under shuffled labels
     * @param first    the neurons that tell the texts that choose apart best, best first
     */
    record Best(Neuron neuron, int sign, double heldOut, double shuffled, List<Neuron> first) {}

    /** Returns the texts of a concept. */
    static ConceptTexts texts(Activations activations, ConceptRows rows) {
        return new ConceptTexts(
                new TextSide(activations, rows.withConcept()),
                new TextSide(activations, rows.without()),
                rows.halves());
    }

    /**
     * Finds the best neuron, and the best under labels that mean nothing.
     *
     * @param count how many neurons are wanted, at least 1
     */
    Best best(ConceptTexts concept, int count, SeededRandom random) {
        int[] chosen = concept.of(Half.SELECTION);
        int[] reported = concept.of(Half.REPORT);
        NeuronRanks ranks = new NeuronRanks(concept, layers, context);
        LabelPermutation labels = LabelPermutation.of(concept.labels(chosen));
        NeuronAurocs aurocs = NeuronAurocs.of(ranks, chosen, labels, labels.matrix(1, random.child("selection")));
        int[] first = aurocs.best(0, count);
        int best = first[0];
        int chance = aurocs.best(1, 1)[0];
        boolean[] shuffled = LabelPermutation.of(concept.labels(reported)).shuffled(random.child("report"));
        return new Best(
                ranks.neuron(best),
                aurocs.sign(0, best),
                auroc(concept, ranks.neuron(best), aurocs.sign(0, best), concept.labels(reported)),
                auroc(concept, ranks.neuron(chance), aurocs.sign(1, chance), shuffled),
                Arrays.stream(first).mapToObj(ranks::neuron).toList());
    }

    /** Returns the AUROC on the other half of a direction that the texts that choose point in. */
    double direction(ConceptTexts sentences) {
        return Auroc.of(directionScores(sentences), sentences.labels(sentences.of(Half.REPORT)));
    }

    private double[] directionScores(ConceptTexts sentences) {
        return ClassDirection.of(sentences, context)
                .cosines(sentences.vectors(ClassDirection.hook(context.model()), sentences.of(Half.REPORT)));
    }

    private static double auroc(ConceptTexts concept, Neuron neuron, int sign, boolean[] labels) {
        return auroc(NeuronResponses.of(concept, neuron, concept.of(Half.REPORT)), sign, labels);
    }

    /** Returns the AUROC of a given neuron, towards a given direction, on the half to report. */
    static double auroc(ConceptTexts concept, Neuron neuron, int sign) {
        return auroc(concept, neuron, sign, concept.labels(concept.of(Half.REPORT)));
    }

    private static double auroc(double[] responses, int sign, boolean[] labels) {
        double auroc = Auroc.of(responses, labels);
        return sign > 0 ? auroc : 1 - auroc;
    }

    /** Returns the AUROC on the other half of a logistic detector on the best neurons. */
    double detector(ConceptTexts concept, int neurons) {
        int[] chosen = concept.of(Half.SELECTION);
        NeuronRanks ranks = new NeuronRanks(concept, layers, context);
        LabelPermutation labels = LabelPermutation.of(concept.labels(chosen));
        int[] best =
                NeuronAurocs.of(ranks, chosen, labels, ones(labels.labels())).best(0, neurons);
        return Auroc.of(
                detectorScores(
                        concept, Arrays.stream(best).mapToObj(ranks::neuron).toList()),
                concept.labels(concept.of(Half.REPORT)));
    }

    /**
     * Returns what several neurons, and a direction of sentence vectors, reach on the other half.
     *
     * @param best the neurons that tell the texts that choose apart best
     */
    ConceptNeurons.Company company(ConceptTexts concept, ConceptTexts sentences, List<Neuron> best) {
        boolean[] labels = concept.labels(concept.of(Half.REPORT));
        return new ConceptNeurons.Company(
                best.size(),
                Detection.estimate(Auroc.interval(detectorScores(concept, best), labels, LEVEL)),
                Detection.estimate(Auroc.interval(directionScores(sentences), labels, LEVEL)));
    }

    private static double[] detectorScores(ConceptTexts concept, List<Neuron> neurons) {
        int[] chosen = concept.of(Half.SELECTION);
        int[] reported = concept.of(Half.REPORT);
        double[][] training = responses(concept, neurons, chosen);
        Standardisation scale = Standardisation.of(training);
        LogisticModel model = LogisticRegression.fit(
                scale.apply(training), concept.labels(chosen), LogisticRegression.Options.ofC(REGULARISATION));
        double[][] held = scale.apply(responses(concept, neurons, reported));
        double[] scores = new double[held.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = model.probabilities(held[i])[1];
        }
        return scores;
    }

    private static float[] ones(boolean[] labels) {
        float[] ones = new float[labels.length];
        for (int i = 0; i < ones.length; i++) {
            ones[i] = labels[i] ? 1 : 0;
        }
        return ones;
    }

    private static double[][] responses(ConceptTexts concept, List<Neuron> neurons, int[] texts) {
        double[][] rows = new double[texts.length][neurons.size()];
        for (int i = 0; i < neurons.size(); i++) {
            double[] column = NeuronResponses.of(concept, neurons.get(i), texts);
            for (int text = 0; text < texts.length; text++) {
                rows[text][i] = column[text];
            }
        }
        return rows;
    }
}
