package io.arrakis.tools.kg;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stats.Normal;
import io.arrakis.api.stats.Permutation;
import io.arrakis.api.stats.Quantiles;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.special.Beta;

/**
 * Random ordered pairs of different reference words: what similarity is by chance. One half sets a threshold, the other says what
 * it lets through.
 */
final class NullPairs {

    private static final int PAIRS = 20_000;

    private final long different;
    private final int[] queries = new int[PAIRS];
    private final int[] keys = new int[PAIRS];

    /**
     * Draws the pairs.
     *
     * @param words number of reference words, at least 2
     */
    NullPairs(int words, SeededRandom random) {
        different = (long) words * (words - 1);
        for (int i = 0; i < PAIRS; i++) {
            queries[i] = random.nextInt(words);
            keys[i] = (queries[i] + 1 + random.nextInt(words - 1)) % words;
        }
    }

    /** Refuses a threshold whose rate is less than one of the different pairs. */
    void requireEnough(Threshold threshold) {
        if (threshold instanceof Threshold.Calibrated calibrated && calibrated.falsePositiveRate() * different < 1) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    SubspaceTokens.REFERENCE,
                    "the reference words make " + different
                            + " different pairs, too few to tell a false-positive rate of "
                            + calibrated.falsePositiveRate(),
                    "give more reference words, or leave them out to take a sample of the vocabulary");
        }
    }

    /** Returns what to know of pairs that are drawn again and again, in both halves. */
    Optional<String> warning() {
        return different < PAIRS / 2
                ? Optional.of("the reference words make only " + different
                        + " different pairs, which say what chance is: no p is below one of " + (different + 1)
                        + ", and thresholds are measured on pairs that set them")
                : Optional.empty();
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
        return new Measured(choosing, measuring, cosines, different);
    }

    /**
     * Similarities by chance, each half in rising order.
     *
     * @param different how many different pairs there are
     */
    record Measured(double[] choosing, double[] measuring, boolean cosines, long different) {

        /** Distance of the quartiles of the normal distribution, in standard deviations. */
        private static final double NORMAL_QUARTILES = 1.3489795003921634;

        /** Fewer dimensions than two have no angles. */
        private static final double MOST_SPREAD = 2;

        /** In fewer dimensions the ends of random cosines depend on more than their quartiles. */
        private static final double FEWEST_DIMENSIONS = 8;

        /** Centring takes cosines beyond 1 a little: the law of those that end there is read no further than this. */
        private static final double FARTHEST = 0.95;

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

        /** Returns how probable so large a similarity is for random pairs: {@code (1 + as large) / (different pairs + 1)} at least. */
        double pValue(double similarity) {
            return Math.max(Permutation.pValue(above(similarity), measuring.length), 1 / (different + 1.0));
        }

        /**
         * Returns how probable so large a similarity is by the null that fits the middle of the random pairs: related pairs among them
         * widen their tails, not their quartiles. Inner products are taken as normal; cosines as those of random directions in as many
         * dimensions as their quartiles say, since they end at 1 and a normal distribution does not.
         *
         * <p>It is below that of the random pairs only where none of them is as large, and for cosines in eight dimensions or more: the
         * quartiles of a few directions, or of products, do not say where their tails end.
         *
         * @see "Efron 2004, Large-Scale Simultaneous Hypothesis Testing: The Choice of a Null Hypothesis"
         */
        double fittedPValue(double similarity) {
            double deviation =
                    (Quantiles.ofSorted(measuring, 0.75) - Quantiles.ofSorted(measuring, 0.25)) / NORMAL_QUARTILES;
            double beyond = similarity - Quantiles.ofSorted(measuring, 0.5);
            if (deviation == 0) {
                return beyond > 0 ? pValue(similarity) : 1;
            }
            double fitted = cosines ? cosineTail(beyond, dimensions(deviation)) : Normal.cdf(-beyond / deviation);
            boolean seen = above(similarity) > 0;
            boolean told = cosines && dimensions(deviation) >= FEWEST_DIMENSIONS;
            return told && !seen ? fitted : Math.max(fitted, pValue(similarity));
        }

        /** A cosine of random directions in n dimensions has the variance 1/n. */
        private static double dimensions(double deviation) {
            return Math.max(MOST_SPREAD, 1 / (deviation * deviation));
        }

        /** The square of a cosine of random directions in n dimensions is Beta(1/2, (n-1)/2). */
        private static double cosineTail(double cosine, double dimensions) {
            double size = Math.min(FARTHEST, Math.abs(cosine));
            double beyond = Beta.regularizedBeta(1 - size * size, (dimensions - 1) / 2, 0.5) / 2;
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
