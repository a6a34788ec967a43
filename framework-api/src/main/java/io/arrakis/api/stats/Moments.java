package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/** Mean, spread, skewness and kurtosis of a sample, each in two passes and O(n). */
@Stable
public final class Moments {

    /** Deviations below this share of the largest value are rounding of a constant. */
    private static final double NEGLIGIBLE = 1e-14;

    private Moments() {}

    /**
     * Returns the arithmetic mean.
     *
     * @param values at least one, finite
     * @throws UnusableSampleException if there are none or one is not finite
     */
    public static double mean(double[] values) {
        Require.notEmpty("values", values.length);
        Require.finite("values", values);
        return plainMean(values);
    }

    /**
     * Returns the unbiased variance: the sum of squared deviations over n - 1. At least 0.
     *
     * @param values at least two, finite
     * @throws UnusableSampleException if there are fewer or one is not finite
     */
    public static double variance(double[] values) {
        Require.atLeast("values", values.length, 2);
        Require.finite("values", values);
        return sumOfPowers(centred(values), 2) / (values.length - 1);
    }

    /** Returns the square root of {@link #variance}. */
    public static double standardDeviation(double[] values) {
        return Math.sqrt(variance(values));
    }

    /**
     * Returns the skewness g1 = m3 / m2^1.5, from the central moments over n (SciPy's {@code skew} with its defaults). 0 for a
     * symmetric sample, positive for a long upper tail; its size is at most (n - 2)/sqrt(n - 1). As the skewness of k-occurrence
     * it measures hubness.
     *
     * @param values at least two, finite, not all equal
     * @throws UnusableSampleException if there are fewer, one is not finite, or all are equal
     */
    public static double skewness(double[] values) {
        double[] scaled = centredAndScaled(values, "their skewness");
        double m2 = sumOfPowers(scaled, 2) / values.length;
        double m3 = sumOfPowers(scaled, 3) / values.length;
        return m3 / (m2 * Math.sqrt(m2));
    }

    /**
     * Returns the excess kurtosis g2 = m4 / m2^2 - 3, from the central moments over n (SciPy's {@code kurtosis} with its
     * defaults). 0 for a Gaussian, -2 at least, large where a few values lie far from all others.
     *
     * @param values at least two, finite, not all equal
     * @throws UnusableSampleException if there are fewer, one is not finite, or all are equal
     */
    public static double kurtosis(double[] values) {
        double[] scaled = centredAndScaled(values, "their kurtosis");
        double m2 = sumOfPowers(scaled, 2) / values.length;
        double m4 = sumOfPowers(scaled, 4) / values.length;
        return m4 / (m2 * m2) - 3;
    }

    private static double[] centredAndScaled(double[] values, String statistic) {
        Require.atLeast("values", values.length, 2);
        Require.finite("values", values);
        double[] centred = centred(values);
        if (isNegligible(centred, values)) {
            throw Require.constant("values", statistic);
        }
        return scaledToOne(centred);
    }

    /** Returns the values minus their mean. */
    static double[] centred(double[] values) {
        double mean = plainMean(values);
        double[] centred = new double[values.length];
        for (int i = 0; i < centred.length; i++) {
            centred[i] = values[i] - mean;
        }
        return centred;
    }

    /** Returns the square root of the mean squared deviation. */
    static double deviationOverN(double[] values) {
        return Math.sqrt(sumOfPowers(centred(values), 2) / values.length);
    }

    /** Returns whether all values are equal up to rounding. */
    static boolean isConstant(double[] values) {
        return isNegligible(centred(values), values);
    }

    /** Divides by the largest magnitude, in place, so that squares neither overflow nor vanish. */
    static double[] scaledToOne(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= largest;
        }
        return values;
    }

    /** Returns whether the deviations are no larger than what rounding makes of equal values. */
    static boolean isNegligible(double[] centred, double[] values) {
        double largestDeviation = 0;
        double largestValue = 0;
        for (int i = 0; i < values.length; i++) {
            largestDeviation = Math.max(largestDeviation, Math.abs(centred[i]));
            largestValue = Math.max(largestValue, Math.abs(values[i]));
        }
        return largestDeviation <= NEGLIGIBLE * largestValue;
    }

    private static double plainMean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return requireInRange(sum) / values.length;
    }

    private static double sumOfPowers(double[] values, int power) {
        double sum = 0;
        for (double value : values) {
            double product = value;
            for (int i = 1; i < power; i++) {
                product *= value;
            }
            sum += product;
        }
        return requireInRange(sum);
    }

    private static double requireInRange(double sum) {
        Require.that(
                Double.isFinite(sum),
                Reason.OUT_OF_RANGE,
                "the values are so large that their moments exceed float64; divide them by a constant first");
        return sum;
    }
}
