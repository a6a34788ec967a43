package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/** Sizes of a difference, in standard deviations. 0.2 is usually called small, 0.5 medium, 0.8 large. */
@Stable
public final class EffectSize {

    private EffectSize() {}

    /**
     * Returns Cohen's d of two independent samples: the difference of the means, first minus second, over the pooled standard
     * deviation (n - 1 in each variance).
     *
     * @param first  at least two, finite
     * @param second at least two, finite
     * @throws UnusableSampleException if a sample is too small or not finite, or neither varies
     * @see "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, section 2.2"
     */
    public static double cohenD(double[] first, double[] second) {
        double squares = (first.length - 1) * Moments.variance(first) + (second.length - 1) * Moments.variance(second);
        if (Moments.isConstant(first) && Moments.isConstant(second)) {
            throw Require.constant("each sample", "the size of their difference");
        }
        double freedom = (double) first.length + second.length - 2;
        return (Moments.mean(first) - Moments.mean(second)) / Math.sqrt(squares / freedom);
    }

    /**
     * Returns d_z of paired differences: their mean over their standard deviation.
     *
     * @param differences at least two, finite
     * @throws UnusableSampleException if there are fewer, one is not finite, or all are equal
     * @see "Cohen 1988, section 2.3.5"
     */
    public static double dz(double[] differences) {
        double deviation = Moments.standardDeviation(differences);
        if (Moments.isConstant(differences)) {
            throw Require.constant("differences", "their effect size");
        }
        return Moments.mean(differences) / deviation;
    }
}
