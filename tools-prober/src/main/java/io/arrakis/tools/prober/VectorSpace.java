package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.LinearAlgebra;
import java.util.Arrays;

/** Turns the rows of a layer into vectors whose cosines are compared. Immutable and safe to share. */
final class VectorSpace {

    private final int width;
    private final double[] mean;
    private final double[] scale;

    /** Directions that are removed, one after the other, of length 1; empty for none. */
    private final double[] removed;

    private VectorSpace(double[] mean, double[] scale, double[] removed) {
        this.width = mean.length;
        this.mean = mean;
        this.scale = scale;
        this.removed = removed;
    }

    /** Measures the rows of a layer. Costs a pass over them, and for {@code all_but_top} the covariance. */
    static VectorSpace of(
            Normalisation normalisation,
            Dimensions dimensions,
            Activations activations,
            HookName hook,
            LinearAlgebra linearAlgebra) {
        double[] ones = new double[dimensions.mean().length];
        Arrays.fill(ones, 1);
        double[] none = new double[0];
        if (normalisation instanceof Normalisation.None) {
            return new VectorSpace(new double[ones.length], ones, none);
        }
        if (normalisation instanceof Normalisation.ZScore) {
            return new VectorSpace(dimensions.mean(), inverse(dimensions.deviation()), none);
        }
        if (normalisation instanceof Normalisation.AllButTop top) {
            VectorSpace centred = new VectorSpace(dimensions.mean(), ones, none);
            double[] directions = new TopDirections(activations, hook, centred, linearAlgebra).find(top.allButTop());
            return new VectorSpace(dimensions.mean(), ones, directions);
        }
        return new VectorSpace(dimensions.mean(), ones, none);
    }

    /** A dimension that never changes stays 0 after centring, whatever it is divided by. */
    private static double[] inverse(double[] deviations) {
        return Arrays.stream(deviations)
                .map(deviation -> deviation > 0 ? 1 / deviation : 1)
                .toArray();
    }

    /** Returns the width of a row. */
    int width() {
        return width;
    }

    /** Changes rows, one after the other, in place, and gives them length 1; a row of zeros stays one. */
    void applyUnit(float[] rows, int count) {
        apply(rows, count);
        for (int at = 0; at < count * width; at += width) {
            toUnit(rows, at, width);
        }
    }

    /** Changes rows, one after the other, in place. */
    void apply(float[] rows, int count) {
        for (int at = 0; at < count * width; at += width) {
            for (int i = 0; i < width; i++) {
                rows[at + i] = (float) ((rows[at + i] - mean[i]) * scale[i]);
            }
            for (int direction = 0; direction < removed.length; direction += width) {
                remove(rows, at, direction);
            }
        }
    }

    private void remove(float[] rows, int at, int direction) {
        double part = 0;
        for (int i = 0; i < width; i++) {
            part += rows[at + i] * removed[direction + i];
        }
        for (int i = 0; i < width; i++) {
            rows[at + i] -= (float) (part * removed[direction + i]);
        }
    }

    /** Gives a vector length 1, unless all of it is 0. */
    static void toUnit(float[] values, int from, int width) {
        double square = 0;
        for (int i = from; i < from + width; i++) {
            square += (double) values[i] * values[i];
        }
        double inverse = square > 0 ? 1 / Math.sqrt(square) : 0;
        for (int i = from; i < from + width; i++) {
            values[i] = (float) (values[i] * inverse);
        }
    }
}
