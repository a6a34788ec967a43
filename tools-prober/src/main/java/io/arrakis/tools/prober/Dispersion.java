package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.stats.Moments;

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
    double of(WordSample sample) {
        int width = space.width();
        float[] rows = activations.gather(hook, sample.pool());
        space.apply(rows, sample.pool().length);
        double variance = 0;
        for (int direction = 0; direction < directions.length; direction += width) {
            double[] along = new double[sample.pool().length];
            for (int row = 0; row < along.length; row++) {
                for (int i = 0; i < width; i++) {
                    along[row] += rows[row * width + i] * directions[direction + i];
                }
            }
            variance += Moments.variance(along);
        }
        return variance;
    }
}
