package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;

/** Quantiles, and bins of equal size. */
@Stable
public final class Quantiles {

    private Quantiles() {}

    /**
     * Returns a quantile by linear interpolation between order statistics (type 7, NumPy's default): 0 gives the smallest
     * value, 1 the largest. Costs O(n log n) and a copy.
     *
     * @param values      at least one, finite, not changed
     * @param probability 0 to 1
     * @throws UnusableSampleException if there are none, one is not finite, or the probability is out of range
     * @see "Hyndman and Fan 1996, Sample Quantiles in Statistical Packages"
     */
    public static double of(double[] values, double probability) {
        Require.notEmpty("values", values.length);
        Require.finite("values", values);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, probability);
    }

    /** Returns the median: the quantile at one half. */
    public static double median(double[] values) {
        return of(values, 0.5);
    }

    /**
     * Returns {@link #of} of values that are already in rising order, in constant time and unchecked but for their number.
     *
     * @throws UnusableSampleException if there are none or the probability is out of range
     */
    public static double ofSorted(double[] sorted, double probability) {
        Require.notEmpty("values", sorted.length);
        Require.that(
                probability >= 0 && probability <= 1,
                Reason.OUT_OF_RANGE,
                "probability is %s, but must lie between 0 and 1",
                probability);
        double place = probability * (sorted.length - 1);
        int below = (int) place;
        if (below == sorted.length - 1) {
            return sorted[below];
        }
        double share = place - below;
        return sorted[below] + share * (sorted[below + 1] - sorted[below]);
    }

    /**
     * Returns for each value its bin, from 0: the values in rising order are cut into bins of equal size, and equal values go
     * into the bin of their mid-rank, so that they stay together. With 10 bins of frequencies these are deciles. Bins may be
     * empty where many values are equal. Costs O(n log n).
     *
     * @param values at least one, finite
     * @param bins   at least 1
     * @throws UnusableSampleException if there are none, one is not finite, or there is no bin
     */
    public static int[] bins(double[] values, int bins) {
        Require.positive("bins", bins);
        double[] ranks = Ranks.of(values);
        int[] binOf = new int[ranks.length];
        for (int i = 0; i < binOf.length; i++) {
            binOf[i] = (int) ((ranks[i] - 0.5) * bins / ranks.length);
        }
        return binOf;
    }
}
