package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/** Shannon entropy of weights or counts. Weights need not sum to 1; zeros add nothing. */
@Stable
public final class Entropy {

    private Entropy() {}

    /**
     * Returns the entropy in nats: 0 where one weight has all, log n where n weights are equal.
     *
     * @param weights at least one above 0, none below, finite
     * @throws UnusableSampleException if a weight is negative or not finite, or all are 0
     */
    public static double nats(double[] weights) {
        double largest = largest(weights);
        double total = 0;
        for (double weight : weights) {
            total += weight / largest;
        }
        double entropy = 0;
        for (double weight : weights) {
            double share = weight / largest / total;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return Math.max(0, entropy);
    }

    /** Returns the entropy of counts in nats, as {@link #nats(double[])}. */
    public static double nats(int[] counts) {
        double[] weights = new double[counts.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = counts[i];
        }
        return nats(weights);
    }

    /** Returns the entropy in bits: {@link #nats(double[])} over log 2. */
    public static double bits(double[] weights) {
        return nats(weights) / Math.log(2);
    }

    /**
     * Returns how many equal weights would have this entropy: exp of it, between 1 and the number of weights.
     *
     * @throws UnusableSampleException as {@link #nats(double[])}
     */
    public static double effectiveNumber(double[] weights) {
        return Math.exp(nats(weights));
    }

    private static double largest(double[] weights) {
        Require.notEmpty("weights", weights.length);
        Require.finite("weights", weights);
        double largest = 0;
        for (int i = 0; i < weights.length; i++) {
            Require.that(weights[i] >= 0, Reason.OUT_OF_RANGE, "weights[%d] is %s, below 0", i, weights[i]);
            largest = Math.max(largest, weights[i]);
        }
        Require.that(largest > 0, Reason.EMPTY, "all %d weights are 0; one at least must be above", weights.length);
        return largest;
    }
}
