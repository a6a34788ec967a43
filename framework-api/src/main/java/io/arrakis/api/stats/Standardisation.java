package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/**
 * Brings features to mean 0 and standard deviation 1, by what was seen of them on the rows it was fitted to.
 *
 * <p>Fit it on the selection half only, and apply it to both. The deviation is that over n, as in scikit-learn's
 * {@code StandardScaler}; a feature that is constant there becomes its distance from that constant. Immutable and safe to share.
 */
@Stable
public final class Standardisation {

    private final double[] means;
    private final double[] deviations;

    private Standardisation(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /**
     * Learns means and deviations, in two passes.
     *
     * @param rows {@code [n, d]}, at least one row and one feature, finite, not changed
     * @throws UnusableSampleException if there are none, lengths differ or a value is not finite
     */
    public static Standardisation of(double[][] rows) {
        return of(FeatureRows.of(rows));
    }

    /**
     * Learns means and deviations of rows of half the size; all sums are of double precision.
     *
     * @param rows {@code [n, d]}, at least one row and one feature, finite, not changed
     * @throws UnusableSampleException if there are none, lengths differ or a value is not finite
     */
    public static Standardisation of(float[][] rows) {
        return of(FeatureRows.of(rows));
    }

    private static Standardisation of(FeatureRows rows) {
        double[] means = new double[rows.width()];
        double[] deviations = new double[means.length];
        double[] column = new double[rows.count()];
        for (int j = 0; j < means.length; j++) {
            for (int i = 0; i < column.length; i++) {
                column[i] = rows.at(i, j);
            }
            means[j] = Moments.mean(column);
            deviations[j] = Moments.isConstant(column) ? 1 : Moments.deviationOverN(column);
        }
        return new Standardisation(means, deviations);
    }

    /**
     * Returns the rows on the common scale; the caller owns them.
     *
     * @param rows {@code [m, d]}, finite, not changed
     * @throws UnusableSampleException if there are none, a length differs or a value is not finite
     */
    public double[][] apply(double[][] rows) {
        double[][] scaled = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            Rows.requireRow("rows[" + i + "]", rows[i], means.length);
            scaled[i] = new double[means.length];
            for (int j = 0; j < means.length; j++) {
                scaled[i][j] = (rows[i][j] - means[j]) / deviations[j];
            }
        }
        return scaled;
    }

    /**
     * Brings rows to the common scale where they stand, so that they need no room a second time.
     *
     * @param rows {@code [m, d]}, finite; changed
     * @throws UnusableSampleException if a length differs or a value is not finite
     */
    public void applyInPlace(float[][] rows) {
        double[] widened = new double[means.length];
        for (int i = 0; i < rows.length; i++) {
            String name = "rows[" + i + "]";
            Rows.requireLength(name, rows[i].length, means.length);
            Rows.widen(rows[i], widened);
            Require.finite(name, widened);
            for (int j = 0; j < means.length; j++) {
                rows[i][j] = (float) ((widened[j] - means[j]) / deviations[j]);
            }
        }
    }
}
