package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/**
 * Correlation of two variables, with or without controls.
 *
 * <p>All results lie in [-1, 1]: 1 for a rising relation (linear for Pearson, any for Spearman), -1 for a falling one, 0 for
 * none. A variable that does not vary has no correlation: that is an error with reason {@code CONSTANT}, never NaN. Stateless
 * and safe to call from several threads, except for the statistics for resampling, which keep scratch space.
 */
@Stable
public final class Correlation {

    private Correlation() {}

    /**
     * Returns Pearson's product-moment correlation, in two passes. Costs O(n).
     *
     * @param x at least two finite values
     * @param y as many finite values
     * @throws UnusableSampleException if lengths differ, a value is not finite, or a variable is constant
     */
    public static double pearson(double[] x, double[] y) {
        requirePair(x.length, y.length);
        Require.finite("x", x);
        Require.finite("y", y);
        return cosine(centred(x, "x"), centred(y, "y"));
    }

    /**
     * Returns Spearman's rank correlation: Pearson's correlation of the mid-ranks. Costs O(n log n).
     *
     * @param x at least two finite values
     * @param y as many finite values
     * @throws UnusableSampleException if lengths differ, a value is not finite, or a variable is constant
     * @see "Spearman 1904, The Proof and Measurement of Association between Two Things"
     */
    public static double spearman(double[] x, double[] y) {
        requirePair(x.length, y.length);
        return rankCorrelation(Ranking.of("x", x).ranks(), Ranking.of("y", y).ranks());
    }

    /**
     * Returns the partial Spearman correlation: all variables are ranked, the ranks of x and y are replaced by their residuals
     * from a linear fit (with intercept) on the ranks of the controls, and the residuals are correlated. Controls that repeat
     * each other count once. Costs O(n log n + n c^2) for c controls.
     *
     * @param x        more than two values beyond the number of controls, finite
     * @param y        as many finite values
     * @param controls variables of the same length; none gives {@link #spearman}
     * @throws UnusableSampleException if lengths differ, a value is not finite, or x or y is constant, of itself or once the
     *     controls are known
     */
    public static double partialSpearman(double[] x, double[] y, double[]... controls) {
        requirePair(x.length, y.length);
        double[][] ranks = new double[controls.length][];
        for (int i = 0; i < controls.length; i++) {
            requireControl(x.length, controls[i].length, i, controls.length);
            ranks[i] = Ranking.of("controls[" + i + "]", controls[i]).ranks();
        }
        return partialOf(Ranking.of("x", x).ranks(), Ranking.of("y", y).ranks(), ranks);
    }

    /**
     * Returns Spearman's correlation as a statistic for {@link Bootstrap}. It sorts once, so that a resample costs O(n).
     *
     * @throws UnusableSampleException as {@link #spearman}; on a resample without variation, with reason {@code CONSTANT}
     */
    public static IndexStatistic spearmanStatistic(double[] x, double[] y) {
        return partialSpearmanStatistic(x, y);
    }

    /**
     * Returns the partial Spearman correlation as a statistic for {@link Bootstrap}. It sorts once, so that a resample costs
     * O(n c^2) for c controls.
     *
     * @throws UnusableSampleException as {@link #partialSpearman}; on a resample without variation, with reason
     *     {@code CONSTANT}
     */
    public static IndexStatistic partialSpearmanStatistic(double[] x, double[] y, double[]... controls) {
        requirePair(x.length, y.length);
        Ranking rankingX = Ranking.of("x", x);
        Ranking rankingY = Ranking.of("y", y);
        Ranking[] rankings = new Ranking[controls.length];
        for (int i = 0; i < controls.length; i++) {
            requireControl(x.length, controls[i].length, i, controls.length);
            rankings[i] = Ranking.of("controls[" + i + "]", controls[i]);
        }
        return units -> {
            double[][] ranks = new double[rankings.length][];
            for (int i = 0; i < ranks.length; i++) {
                ranks[i] = rankings[i].ranks(units);
            }
            return partialOf(rankingX.ranks(units), rankingY.ranks(units), ranks);
        };
    }

    private static double partialOf(double[] x, double[] y, double[][] controls) {
        if (controls.length == 0) {
            return rankCorrelation(x, y);
        }
        Residuals residuals = Residuals.on(controls);
        return cosine(residuals.of(centred(x, "x"), "x"), residuals.of(centred(y, "y"), "y"));
    }

    private static double rankCorrelation(double[] x, double[] y) {
        return cosine(centred(x, "x"), centred(y, "y"));
    }

    private static double[] centred(double[] values, String name) {
        double[] centred = Moments.centred(values);
        if (Moments.isNegligible(centred, values)) {
            throw Require.constant(name, "its correlation");
        }
        return Moments.scaledToOne(centred);
    }

    private static double cosine(double[] x, double[] y) {
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        double value = xy / Math.sqrt(xx * yy);
        return Math.max(-1, Math.min(1, value));
    }

    private static void requirePair(int x, int y) {
        Require.sameLength("x", x, "y", y);
        Require.atLeast("x", x, 2);
    }

    private static void requireControl(int units, int length, int index, int controls) {
        Require.sameLength("x", units, "controls[" + index + "]", length);
        Require.atLeast("x", units, controls + 3);
    }
}
