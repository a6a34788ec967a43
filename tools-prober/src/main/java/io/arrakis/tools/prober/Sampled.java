package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Moments;

/**
 * A statistic of the occurrences of one word, and what it becomes without each of them.
 *
 * @param value   of all occurrences that are looked at
 * @param without of all but one, for each in their order; empty where none can be left out
 * @see "Arvesen 1969, Jackknifing U-Statistics"
 */
record Sampled(double value, double[] without) {

    private static final double NORMAL_95 = 1.959963984540054;

    /** Returns the value with the normal interval of 95% by the jackknife, where occurrences can be left out. */
    Estimate estimate() {
        if (without.length == 0) {
            return Estimate.withoutInterval(value);
        }
        double half = NORMAL_95 * standardError();
        return new Estimate(value, value - half, value + half);
    }

    /** Returns the same with an interval that does not leave 0 to {@code largest}, between which the statistic always lies. */
    Estimate estimateUpTo(double largest) {
        Estimate free = estimate();
        return new Estimate(
                value, Math.min(value, Math.max(0, free.low())), Math.max(value, Math.min(largest, free.high())));
    }

    private double standardError() {
        double mean = Moments.mean(without);
        double square = 0;
        for (double one : without) {
            square += (one - mean) * (one - mean);
        }
        return Math.sqrt(square * (without.length - 1) / without.length);
    }
}
