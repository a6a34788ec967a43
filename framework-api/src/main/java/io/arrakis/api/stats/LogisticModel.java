package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/**
 * A fitted logistic regression. Immutable and safe to share.
 *
 * <p>For two classes it has one weight vector, whose score is the log-odds of class 1; for K classes it has K, whose scores are
 * the logarithms of the probabilities up to a common shift.
 */
@Stable
public final class LogisticModel {

    private final double[][] weights;
    private final double[] intercepts;
    private final int classes;

    private LogisticModel(double[][] weights, double[] intercepts, int classes) {
        this.weights = weights;
        this.intercepts = intercepts;
        this.classes = classes;
    }

    static LogisticModel of(double[] parameters, int features, int classes) {
        int vectors = parameters.length / (features + 1);
        double[][] weights = new double[vectors][features];
        double[] intercepts = new double[vectors];
        for (int k = 0; k < vectors; k++) {
            System.arraycopy(parameters, k * (features + 1), weights[k], 0, features);
            intercepts[k] = parameters[k * (features + 1) + features];
        }
        if (vectors > 1) {
            intercepts = Moments.centred(intercepts);
        }
        return new LogisticModel(weights, intercepts, classes);
    }

    /** Returns the number of classes, at least 2. */
    public int classes() {
        return classes;
    }

    /** Returns the number of features that a row must have. */
    public int features() {
        return weights[0].length;
    }

    /** Returns a copy of the weights: {@code [1, d]} for two classes, {@code [K, d]} for more. */
    public double[][] weights() {
        double[][] copy = new double[weights.length][];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = weights[k].clone();
        }
        return copy;
    }

    /** Returns a copy of the intercepts, one a weight vector; those of several classes sum to 0. */
    public double[] intercepts() {
        return intercepts.clone();
    }

    /**
     * Returns the scores of a row: for two classes the log-odds of class 1, else one a class.
     *
     * @param row {@code [d]}, finite
     * @throws UnusableSampleException if the length differs or a feature is not finite
     */
    public double[] scores(double[] row) {
        Rows.requireRow("row", row, features());
        double[] scores = new double[weights.length];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Rows.dot(row, weights[k], 0) + intercepts[k];
        }
        return scores;
    }

    /**
     * Returns the probability of each class; they are at least 0 and sum to 1.
     *
     * @param row {@code [d]}, finite
     * @throws UnusableSampleException if the length differs or a feature is not finite
     */
    public double[] probabilities(double[] row) {
        double[] scores = scores(row);
        if (scores.length == 1) {
            return new double[] {logistic(-scores[0]), logistic(scores[0])};
        }
        softmax(scores);
        return scores;
    }

    /**
     * Returns the class with the largest probability, the first of them.
     *
     * @param row {@code [d]}, finite
     * @throws UnusableSampleException if the length differs or a feature is not finite
     */
    public int predict(double[] row) {
        double[] scores = scores(row);
        if (scores.length == 1) {
            return scores[0] > 0 ? 1 : 0;
        }
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            if (scores[k] > scores[best]) {
                best = k;
            }
        }
        return best;
    }

    /** Returns {@link #predict(double[])} of each row. */
    public int[] predict(double[][] rows) {
        int[] predicted = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            predicted[i] = predict(rows[i]);
        }
        return predicted;
    }

    /** Returns 1/(1 + exp(-score)) without overflow and without loss of small values. */
    static double logistic(double score) {
        if (score >= 0) {
            return 1 / (1 + Math.exp(-score));
        }
        double odds = Math.exp(score);
        return odds / (1 + odds);
    }

    /** Turns scores into probabilities in place and returns the logarithm of the sum of their exponentials. */
    static double softmax(double[] scores) {
        double largest = scores[0];
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Math.exp(scores[k] - largest);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return largest + Math.log(sum);
    }
}
