package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/**
 * Logistic regression with an L2 penalty, for two classes or more.
 *
 * <p>Minimises {@code |W|^2 / 2 + C sum_i loss_i} as scikit-learn does: a smaller C means a stronger penalty, intercepts are not
 * penalised. Two classes have one weight vector and the logistic loss; more have one each and the softmax loss. The penalty
 * depends on the units of the features, so bring them to a common scale first ({@link Standardisation}).
 *
 * <p>Newton's method; each step is found by conjugate gradients, scaled by the diagonal, and made shorter until the objective
 * falls enough. The objective is strictly convex (intercepts of several classes up to a common shift, which is chosen so that
 * they sum to 0), so the result depends on the data only. With n rows, d features and K weight vectors one pass over the data
 * costs about 4 n d K operations; some tens to a few hundred passes are made. Stateless; safe to call from several threads.
 *
 * @see "Lin, Weng and Keerthi 2008, Trust Region Newton Method for Large-Scale Logistic Regression, for the truncated Newton step"
 */
@Stable
public final class LogisticRegression {

    private LogisticRegression() {}

    /**
     * How to fit.
     *
     * @param c             inverse strength of the penalty, above 0
     * @param tolerance     largest gradient that is left of each coordinate, relative to the sum of the sizes of its terms
     * @param maxIterations Newton steps before giving up, at least 1
     */
    @Stable
    public record Options(double c, double tolerance, int maxIterations) {

        /** Checks the ranges. */
        public Options {
            Require.that(
                    c > 0 && Double.isFinite(c), Reason.OUT_OF_RANGE, "c is %s, but must be above 0 and finite", c);
            Require.that(
                    tolerance > 0 && tolerance < 1,
                    Reason.OUT_OF_RANGE,
                    "tolerance is %s, but must lie between 0 and 1",
                    tolerance);
            Require.positive("maxIterations", maxIterations);
        }

        /** Returns options with this C, tolerance 1e-9 and at most 100 steps. */
        public static Options ofC(double c) {
            return new Options(c, 1e-9, 100);
        }
    }

    /**
     * Fits classes.
     *
     * @param rows    {@code [n, d]}, finite, not changed; at least one feature
     * @param classes the class of each row, 0 to K - 1, each with at least one row, K at least 2
     * @throws UnusableSampleException if shapes differ, a feature is not finite, a class is missing, or (reason
     *     {@code NOT_CONVERGED}) the steps did not settle
     */
    public static LogisticModel fit(double[][] rows, int[] classes, Options options) {
        return fit(FeatureRows.of(rows), classes, options);
    }

    /**
     * Fits two classes: {@code true} is class 1.
     *
     * @param rows   {@code [n, d]}, finite, not changed; at least one feature
     * @param labels the label of each row, at least one of each
     * @throws UnusableSampleException as {@link #fit(double[][], int[], Options)}
     */
    public static LogisticModel fit(double[][] rows, boolean[] labels, Options options) {
        return fit(rows, Groups.numbers(labels), options);
    }

    /**
     * Fits two classes to rows of half the size; all sums are of double precision.
     *
     * @param rows   {@code [n, d]}, finite, not changed; at least one feature
     * @param labels the label of each row, at least one of each
     * @throws UnusableSampleException as {@link #fit(double[][], int[], Options)}
     */
    public static LogisticModel fit(float[][] rows, boolean[] labels, Options options) {
        return fit(FeatureRows.of(rows), Groups.numbers(labels), options);
    }

    private static LogisticModel fit(FeatureRows rows, int[] classes, Options options) {
        Require.sameLength("rows", rows.count(), "classes", classes.length);
        int classCount = classCount(classes);
        LogisticObjective objective = new LogisticObjective(rows, classes, classCount, options.c());
        double[] parameters = NewtonCg.minimise(objective, options.tolerance(), options.maxIterations());
        return LogisticModel.of(parameters, rows.width(), classCount);
    }

    private static int classCount(int[] classes) {
        int largest = 0;
        for (int i = 0; i < classes.length; i++) {
            Require.that(classes[i] >= 0, Reason.OUT_OF_RANGE, "classes[%d] is %d, below 0", i, classes[i]);
            largest = Math.max(largest, classes[i]);
        }
        Require.that(
                largest > 0 && largest < classes.length,
                Reason.ONE_CLASS,
                "%d rows of classes 0 to %d; give at least two classes, numbered without gaps",
                classes.length,
                largest);
        int[] members = new int[largest + 1];
        for (int number : classes) {
            members[number]++;
        }
        for (int k = 0; k <= largest; k++) {
            Require.that(members[k] > 0, Reason.ONE_CLASS, "class %d of 0 to %d has no row", k, largest);
        }
        return largest + 1;
    }
}
