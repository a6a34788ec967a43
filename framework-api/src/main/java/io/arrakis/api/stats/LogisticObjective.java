package io.arrakis.api.stats;

import java.util.Arrays;

/**
 * The penalised loss of a logistic regression, with its gradient and curvature.
 *
 * <p>Parameters stand as one vector after another, each of d weights and an intercept: one vector for two classes, else one a
 * class. Keeps the class probabilities at the last point that was evaluated.
 */
final class LogisticObjective implements NewtonCg.Objective {

    private final FeatureRows rows;
    private final int[] classes;
    private final int vectors;
    private final double c;
    private final int features;
    private final int stride;

    /** Probabilities {@code [n, vectors]} at the last point; of class 1 where there are two. */
    private final double[] probabilities;

    LogisticObjective(FeatureRows rows, int[] classes, int classCount, double c) {
        this.rows = rows;
        this.classes = classes;
        this.vectors = classCount == 2 ? 1 : classCount;
        this.c = c;
        this.features = rows.width();
        this.stride = features + 1;
        this.probabilities = new double[rows.count() * vectors];
    }

    @Override
    public int size() {
        return vectors * stride;
    }

    @Override
    public double evaluate(double[] point, double[] gradient) {
        Arrays.fill(gradient, 0);
        double[] scores = new double[vectors];
        double loss = 0;
        for (int i = 0; i < rows.count(); i++) {
            double[] row = rows.row(i);
            score(row, point, scores);
            loss += vectors == 1 ? binaryLoss(i, scores[0]) : softmaxLoss(i, scores);
            for (int k = 0; k < vectors; k++) {
                double target = classes[i] == (vectors == 1 ? 1 : k) ? 1 : 0;
                spread(row, c * (probabilities[i * vectors + k] - target), gradient, k);
            }
        }
        double penalty = 0;
        for (int k = 0; k < vectors; k++) {
            for (int j = k * stride; j < k * stride + features; j++) {
                penalty += point[j] * point[j];
                gradient[j] += point[j];
            }
        }
        return 0.5 * penalty + c * loss;
    }

    /** The curvature of softmax is diag(p) - p p^T; that of the logistic function p (1 - p). */
    @Override
    public void curvature(double[] direction, double[] product) {
        Arrays.fill(product, 0);
        double[] scores = new double[vectors];
        for (int i = 0; i < rows.count(); i++) {
            double[] row = rows.row(i);
            score(row, direction, scores);
            double mean = 0;
            for (int k = 0; k < vectors; k++) {
                mean += probabilities[i * vectors + k] * scores[k];
            }
            for (int k = 0; k < vectors; k++) {
                double p = probabilities[i * vectors + k];
                spread(row, c * p * (scores[k] - mean), product, k);
            }
        }
        for (int k = 0; k < vectors; k++) {
            for (int j = k * stride; j < k * stride + features; j++) {
                product[j] += direction[j];
            }
        }
    }

    @Override
    public void curvatureDiagonal(double[] diagonal) {
        Arrays.fill(diagonal, 0);
        for (int i = 0; i < rows.count(); i++) {
            double[] row = rows.row(i);
            for (int k = 0; k < vectors; k++) {
                double p = probabilities[i * vectors + k];
                double weight = c * p * (1 - p);
                for (int j = 0; j < features; j++) {
                    diagonal[k * stride + j] += weight * row[j] * row[j];
                }
                diagonal[k * stride + features] += weight;
            }
        }
        for (int k = 0; k < vectors; k++) {
            for (int j = k * stride; j < k * stride + features; j++) {
                diagonal[j] += 1;
            }
        }
    }

    @Override
    public double[] gradientScale() {
        double[] scale = new double[size()];
        for (int i = 0; i < rows.count(); i++) {
            double[] row = rows.row(i);
            for (int j = 0; j < features; j++) {
                scale[j] += c * Math.abs(row[j]);
            }
        }
        scale[features] = c * rows.count();
        for (int k = 1; k < vectors; k++) {
            System.arraycopy(scale, 0, scale, k * stride, stride);
        }
        return scale;
    }

    private void score(double[] row, double[] point, double[] scores) {
        for (int k = 0; k < vectors; k++) {
            scores[k] = Rows.dot(row, point, k * stride) + point[k * stride + features];
        }
    }

    private void spread(double[] row, double factor, double[] target, int k) {
        Rows.addTo(target, k * stride, row, factor);
        target[k * stride + features] += factor;
    }

    private double binaryLoss(int row, double score) {
        probabilities[row] = LogisticModel.logistic(score);
        double margin = classes[row] == 1 ? score : -score;
        return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
    }

    private double softmaxLoss(int row, double[] scores) {
        double own = scores[classes[row]];
        double logSum = LogisticModel.softmax(scores);
        System.arraycopy(scores, 0, probabilities, row * vectors, vectors);
        return logSum - own;
    }
}
