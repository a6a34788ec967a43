package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/**
 * How often each class was taken for each, and the usual summaries. Immutable and safe to share.
 *
 * <p>Where a class was never predicted its precision, and where it never occurs its recall, counts as 0, as in scikit-learn with
 * {@code zero_division=0}.
 */
@Stable
public final class ConfusionMatrix {

    private final int[][] counts;
    private final int total;

    private ConfusionMatrix(int[][] counts, int total) {
        this.counts = counts;
        this.total = total;
    }

    /**
     * Counts.
     *
     * @param truth     the class of each row, 0 to classes - 1; at least one row
     * @param predicted as many
     * @param classes   K, at least 2
     * @throws UnusableSampleException if lengths differ, there are no rows, or a class is out of range
     */
    public static ConfusionMatrix of(int[] truth, int[] predicted, int classes) {
        Require.notEmpty("truth", truth.length);
        Require.sameLength("truth", truth.length, "predicted", predicted.length);
        Require.that(classes >= 2, Reason.ONE_CLASS, "classes is %d, but must be at least 2", classes);
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            Require.index("truth[" + i + "]", truth[i], classes);
            Require.index("predicted[" + i + "]", predicted[i], classes);
            counts[truth[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(counts, truth.length);
    }

    /** Returns K. */
    public int classes() {
        return counts.length;
    }

    /** Returns how many rows of class {@code truth} were taken for {@code predicted}. */
    public int count(int truth, int predicted) {
        Require.index("truth", truth, counts.length);
        Require.index("predicted", predicted, counts.length);
        return counts[truth][predicted];
    }

    /** Returns the share of rows that were taken for what they are, 0 to 1. */
    public double accuracy() {
        int right = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
        }
        return (double) right / total;
    }

    /** Returns the share of rows taken for a class that belong to it, 0 to 1. */
    public double precision(int k) {
        return share(count(k, k), predictedAs(k));
    }

    /** Returns the share of rows of a class that were taken for it, 0 to 1. */
    public double recall(int k) {
        return share(count(k, k), occurring(k));
    }

    /** Returns the harmonic mean of precision and recall: 2 hits / (occurring + predicted), 0 to 1. */
    public double f1(int k) {
        return share(2 * count(k, k), occurring(k) + predictedAs(k));
    }

    /**
     * Returns the mean of {@link #f1} over the classes, each with the same weight, 0 to 1. Classes that neither occur nor were
     * predicted do not count, as in scikit-learn when it finds the classes itself.
     */
    public double macroF1() {
        double sum = 0;
        int seen = 0;
        for (int k = 0; k < counts.length; k++) {
            if (occurring(k) + predictedAs(k) > 0) {
                sum += f1(k);
                seen++;
            }
        }
        return sum / seen;
    }

    private int occurring(int k) {
        Require.index("class", k, counts.length);
        int sum = 0;
        for (int count : counts[k]) {
            sum += count;
        }
        return sum;
    }

    private int predictedAs(int k) {
        Require.index("class", k, counts.length);
        int sum = 0;
        for (int[] row : counts) {
            sum += row[k];
        }
        return sum;
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
