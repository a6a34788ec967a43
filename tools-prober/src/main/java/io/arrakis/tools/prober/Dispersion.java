package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.LinearAlgebra;

/**
 * How far the occurrences of a word lie apart in the directions in which the layer varies most: their variance there, after each
 * dimension was measured against its own spread.
 *
 * <p>Not bounded; a random token has about the variance of all tokens. The many directions in which a layer hardly varies say
 * little about senses and are left out.
 */
final class Dispersion {

    private static final int DIRECTIONS = 50;

    private final Activations activations;
    private final HookName hook;
    private final VectorSpace space;
    private final double[] directions;

    Dispersion(Activations activations, HookName hook, VectorSpace zScored, LinearAlgebra linearAlgebra) {
        this.activations = activations;
        this.hook = hook;
        this.space = zScored;
        this.directions = new TopDirections(activations, hook, zScored, linearAlgebra)
                .find(Math.min(DIRECTIONS, zScored.width()));
    }

    /** Returns the variance of the occurrences of a word, summed over the directions. */
    Sampled of(WordSample sample) {
        int n = sample.pool().length;
        float[] rows = activations.gather(hook, sample.pool());
        space.apply(rows, n);
        double[][] along = new double[n][];
        for (int row = 0; row < n; row++) {
            along[row] = along(rows, row * space.width());
        }
        return halfSquaredDistances(along).sampled();
    }

    private double[] along(float[] rows, int at) {
        int width = space.width();
        double[] along = new double[directions.length / width];
        for (int direction = 0; direction < along.length; direction++) {
            for (int i = 0; i < width; i++) {
                along[direction] += rows[at + i] * directions[direction * width + i];
            }
        }
        return along;
    }

    /** The unbiased variance is the mean of half the squared distance over all pairs. */
    private static PairMean halfSquaredDistances(double[][] points) {
        double[][] values = new double[points.length][points.length];
        for (int i = 1; i < points.length; i++) {
            for (int j = 0; j < i; j++) {
                double square = 0;
                for (int d = 0; d < points[i].length; d++) {
                    square += (points[i][d] - points[j][d]) * (points[i][d] - points[j][d]);
                }
                values[i][j] = square / 2;
                values[j][i] = values[i][j];
            }
        }
        return new PairMean(values);
    }
}
