package io.arrakis.tools.kg;

import io.arrakis.api.stats.Normal;
import io.arrakis.api.stats.Permutation;
import io.arrakis.api.stats.Quantiles;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;

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

    /** Measures the pairs in one space. */
    Measured in(PairSpace reference) {
        double[] similarities = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            similarities[i] = reference.similarity(queries[i], keys[i]);
        }
        double[] choosing = Arrays.copyOfRange(similarities, 0, PAIRS / 2);
        double[] measuring = Arrays.copyOfRange(similarities, PAIRS / 2, PAIRS);
        Arrays.sort(choosing);
        Arrays.sort(measuring);
        return new Measured(choosing, measuring);
    }

    /** Similarities by chance, each half in rising order. */
    record Measured(double[] choosing, double[] measuring) {

        /** Distance of the quartiles of the normal distribution, in standard deviations. */
        private static final double NORMAL_QUARTILES = 1.3489795003921634;

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
         * Returns how probable so large a similarity is where the similarities of unrelated pairs are normal, with the median and the
         * quartiles of the random pairs: related pairs among the random ones widen their tails, not their middle.
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
            return Normal.cdf(-beyond / deviation);
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
