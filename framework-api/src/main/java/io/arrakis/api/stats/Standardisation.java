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
        Rows.requireMatrix(rows);
        return of(rows.length, rows[0].length, (row, column) -> rows[row][column]);
    }

    /**
     * Learns means and deviations of rows of half the size; all sums are of double precision.
     *
     * @param rows {@code [n, d]}, at least one row and one feature, finite, not changed
     * @throws UnusableSampleException if there are none, lengths differ or a value is not finite
     */
    public static Standardisation of(float[][] rows) {
        FeatureRows checked = FeatureRows.of(rows);
        return of(checked.count(), checked.width(), (row, column) -> rows[row][column]);
    }

    private interface Cells {
        double at(int row, int column);
    }

    private static Standardisation of(int rows, int features, Cells cells) {
        double[] means = new double[features];
        double[] deviations = new double[features];
        double[] values = new double[rows];
        for (int j = 0; j < features; j++) {
            for (int i = 0; i < rows; i++) {
                values[i] = cells.at(i, j);
            }
            means[j] = Moments.mean(values);
            deviations[j] = Moments.isConstant(values) ? 1 : Moments.deviationOverN(values);
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
