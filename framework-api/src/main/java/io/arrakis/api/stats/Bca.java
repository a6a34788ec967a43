package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;

/** The arithmetic of the bias-corrected and accelerated interval. */
final class Bca {

    private Bca() {}

    /**
     * Returns the acceleration from jackknife values, one row a stratum.
     *
     * @see "Efron and Tibshirani 1993, equation 14.15; Davison and Hinkley 1997, equation 5.27 for several samples"
     */
    static double acceleration(double[][] jackknife) {
        double cubes = 0;
        double squares = 0;
        for (double[] values : jackknife) {
            double n = values.length;
            double mean = Moments.mean(values);
            for (double value : values) {
                double influence = (n - 1) * (mean - value) / n;
                cubes += influence * influence * influence;
                squares += influence * influence;
            }
        }
        Require.that(
                squares > 0,
                Reason.CONSTANT,
                "leaving out any one unit does not change the statistic, so it has no BCa interval; take the percentile one");
        return cubes / (6 * squares * Math.sqrt(squares));
    }

    static Interval interval(double estimate, double[] sorted, double acceleration, double level) {
        double bias = Normal.quantile(shareBelow(estimate, sorted));
        double tail = Normal.twoSided(level);
        double low = corrected(bias, bias - tail, acceleration);
        double high = corrected(bias, bias + tail, acceleration);
        return new Interval(estimate, Quantiles.ofSorted(sorted, low), Quantiles.ofSorted(sorted, high), level);
    }

    private static double corrected(double bias, double z, double acceleration) {
        double stretch = 1 - acceleration * z;
        Require.that(
                stretch > 0,
                Reason.OUT_OF_RANGE,
                "the acceleration %s is too large for a BCa interval; take the percentile one",
                acceleration);
        return Normal.cdf(bias + z / stretch);
    }

    /** Returns the share of replicates below the estimate, ties counting one half. */
    private static double shareBelow(double estimate, double[] sorted) {
        int below = firstAtLeast(sorted, estimate);
        int upTo = firstAtLeast(sorted, Math.nextUp(estimate));
        double share = 0.5 * ((double) below + upTo) / sorted.length;
        Require.that(
                share > 0 && share < 1,
                Reason.CONSTANT,
                "all replicates lie on one side of the estimate %s, so it has no BCa interval; take the percentile one",
                estimate);
        return share;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int place = Arrays.binarySearch(sorted, value);
        if (place < 0) {
            return -place - 1;
        }
        while (place > 0 && sorted[place - 1] == value) {
            place--;
        }
        return place;
    }
}
