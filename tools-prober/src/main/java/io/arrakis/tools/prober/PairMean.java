package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;

/**
 * The mean of a symmetric dissimilarity over all pairs of different occurrences of a word.
 *
 * <p>It is what the mean over draws of any fixed number of occurrences tends to, so it does not depend on how often a word
 * occurs; only how well it is known does. The interval is the normal one with the jackknife's standard error, which takes into
 * account that pairs share occurrences.
 *
 * @see "Arvesen 1969, Jackknifing U-Statistics"
 */
final class PairMean {

    private static final double NORMAL_95 = 1.959963984540054;

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

    /** Returns the mean with its interval of 95%; the interval is not known for two occurrences. */
    Estimate estimate() {
        double mean = mean();
        if (values.length < 3) {
            return Estimate.withoutInterval(mean);
        }
        double half = NORMAL_95 * standardError();
        return new Estimate(mean, mean - half, mean + half);
    }

    private double standardError() {
        int n = values.length;
        double sum = sum();
        double mean = sum / pairs(n);
        double square = 0;
        for (int i = 0; i < n; i++) {
            double without = (sum - sumWith(i)) / pairs(n - 1);
            square += (without - mean) * (without - mean);
        }
        return Math.sqrt(square * (n - 1) / n);
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
