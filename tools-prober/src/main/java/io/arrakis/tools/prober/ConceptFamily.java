package io.arrakis.tools.prober;

import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.MaxTResult;
import io.arrakis.api.stats.Permutation;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;

/**
 * The best neuron over several concepts under permuted labels.
 *
 * <p>Distances of the AUROC from 0.5 are divided by the standard deviation that they have by chance, so that a concept of few texts,
 * whose best neuron is farther off by chance, does not set the level for all. The labels of one concept are permuted
 * independently of those of the others.
 */
final class ConceptFamily {

    private final double[] largest;

    ConceptFamily(int permutations) {
        this.largest = new double[permutations];
    }

    /** Adds the search for one concept, which had as many permutations. */
    void add(MaxTResult search, ConceptTexts concept, SeededRandom random) {
        double[] maxima = search.sortedMaxima();
        int[] order = random.permutation(maxima.length);
        double deviation = deviation(concept);
        for (int i = 0; i < largest.length; i++) {
            largest[i] = Math.max(largest[i], maxima[order[i]] / deviation);
        }
    }

    /** Returns the p-value of the best neuron of one concept among all neurons and all concepts that were added. */
    double pValue(MaxTResult search, ConceptTexts concept) {
        double observed = search.statistic(search.best()) / deviation(concept);
        int asLarge =
                (int) Arrays.stream(largest).filter(one -> one >= observed).count();
        return Permutation.pValue(asLarge, largest.length);
    }

    /** Returns the standard deviation of the AUROC on the texts that choose, where labels mean nothing. */
    private static double deviation(ConceptTexts concept) {
        double positives = concept.of(Half.SELECTION, true).length;
        double negatives = concept.of(Half.SELECTION, false).length;
        return Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
    }
}
