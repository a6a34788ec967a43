package io.arrakis.tools.kg;

import io.arrakis.api.stats.Normal;
import io.arrakis.api.stats.Permutation;
import io.arrakis.api.stats.Quantiles;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import org.hipparchus.special.Beta;

/**
 * Random ordered pairs of different reference words: what similarity is by chance. One half sets a threshold, the other says what
 * it lets through.
 */
final class NullPairs {

    private static final int PAIRS = 20_000;

    private final int[] queries = new int[PAIRS];
    private final int[] keys = new int[PAIRS];

    /**
     * Draws the pairs.
     *
     * @param words number of reference words, at least 2
     */
    NullPairs(int words, SeededRandom random) {
        for (int i = 0; i < PAIRS; i++) {
            queries[i] = random.nextInt(words);
            keys[i] = (queries[i] + 1 + random.nextInt(words - 1)) % words;
        }
    }

    /**
     * Measures the pairs in one space.
     *
     * @param cosines whether its similarities are cosines, centred or not
     */
    Measured in(PairSpace reference, boolean cosines) {
        double[] similarities = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            similarities[i] = reference.similarity(queries[i], keys[i]);
        }
        double[] choosing = Arrays.copyOfRange(similarities, 0, PAIRS / 2);
        double[] measuring = Arrays.copyOfRange(similarities, PAIRS / 2, PAIRS);
        Arrays.sort(choosing);
        Arrays.sort(measuring);
        return new Measured(choosing, measuring, cosines);
    }

    /** Similarities by chance, each half in rising order. */
    record Measured(double[] choosing, double[] measuring, boolean cosines) {

        /** Distance of the quartiles of the normal distribution, in standard deviations. */
        private static final double NORMAL_QUARTILES = 1.3489795003921634;

        /** Fewer dimensions than two have no angles. */
        private static final double MOST_SPREAD = 2;

        /** Returns the threshold that a choice means here. */
        double threshold(Threshold threshold) {
            if (threshold instanceof Threshold.Fixed fixed) {
                return fixed.value();
            }
            double rate = ((Threshold.Calibrated) threshold).falsePositiveRate();
            int allowed = (int) Math.floor(rate * choosing.length);
            return Math.nextUp((float) choosing[choosing.length - 1 - allowed]);
        }

        /** Returns the share of the random pairs that reach a threshold, on those that did not set it. */
        double falsePositiveRate(double threshold) {
            return (double) above(threshold) / measuring.length;
        }

        /** Returns how probable so large a similarity is for random pairs: {@code (1 + as large) / (pairs + 1)}. */
        double pValue(double similarity) {
            return Permutation.pValue(above(similarity), measuring.length);
        }

        /**
         * Returns how probable so large a similarity is by the null that fits the middle of the random pairs: related pairs among them
         * widen their tails, not their quartiles. Inner products are taken as normal; cosines as those of random directions in as many
         * dimensions as their quartiles say, since they end at 1 and a normal distribution does not.
         *
         * @see "Efron 2004, Large-Scale Simultaneous Hypothesis Testing: The Choice of a Null Hypothesis"
         */
        double fittedPValue(double similarity) {
            double deviation =
                    (Quantiles.ofSorted(measuring, 0.75) - Quantiles.ofSorted(measuring, 0.25)) / NORMAL_QUARTILES;
            double beyond = similarity - Quantiles.ofSorted(measuring, 0.5);
            if (deviation == 0) {
                return beyond > 0 ? 0 : 1;
            }
            return cosines ? cosineTail(beyond, deviation) : Normal.cdf(-beyond / deviation);
        }

        /** A cosine of random directions in n dimensions has the variance 1/n, and its square is Beta(1/2, (n-1)/2). */
        private static double cosineTail(double cosine, double deviation) {
            double dimensions = Math.max(MOST_SPREAD, 1 / (deviation * deviation));
            double rest = Math.max(0, 1 - cosine * cosine);
            double beyond = Beta.regularizedBeta(rest, (dimensions - 1) / 2, 0.5) / 2;
            return cosine > 0 ? beyond : 1 - beyond;
        }

        private int above(double similarity) {
            int low = 0;
            int high = measuring.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (measuring[middle] < similarity) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return measuring.length - low;
        }
    }
}
