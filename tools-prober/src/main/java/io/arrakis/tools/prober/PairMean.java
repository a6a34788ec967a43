package io.arrakis.tools.prober;

import java.util.stream.IntStream;

/**
 * The mean of a symmetric dissimilarity over all pairs of different occurrences of a word.
 *
 * <p>It is what the mean over draws of any fixed number of occurrences tends to, so it does not depend on how often a word
 * occurs; only how well it is known does.
 */
final class PairMean {

    private final double[][] values;

    /**
     * Takes the values.
     *
     * @param values symmetric, at least 2 x 2; the diagonal is not read
     */
    PairMean(double[][] values) {
        this.values = values;
    }

    /** Returns the mean over all pairs. */
    double mean() {
        return sum() / pairs(values.length);
    }

    /** Returns the mean over the pairs among some occurrences. */
    double meanOf(int[] chosen) {
        double sum = 0;
        for (int i = 1; i < chosen.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += values[chosen[i]][chosen[j]];
            }
        }
        return sum / pairs(chosen.length);
    }

    /** Returns the mean, and what it is without each occurrence; of two none can be left out. */
    Sampled sampled() {
        int n = values.length;
        double sum = sum();
        double[] without = n < 3
                ? new double[0]
                : IntStream.range(0, n)
                        .mapToDouble(i -> (sum - sumWith(i)) / pairs(n - 1))
                        .toArray();
        return new Sampled(sum / pairs(n), without);
    }

    private double sum() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += sumWith(i);
        }
        return sum / 2;
    }

    private double sumWith(int occurrence) {
        double sum = 0;
        for (int j = 0; j < values.length; j++) {
            sum += j == occurrence ? 0 : values[occurrence][j];
        }
        return sum;
    }

    private static double pairs(int n) {
        return n * (n - 1) / 2.0;
    }
}
