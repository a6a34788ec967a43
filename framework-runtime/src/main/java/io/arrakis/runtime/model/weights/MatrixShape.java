package io.arrakis.runtime.model.weights;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.WeightPoint;

/**
 * A weight seen as a matrix that is applied to a row of inputs, heads side by side. A table has its rows as outputs, a vector
 * one input.
 *
 * @param out outputs
 * @param in  inputs
 */
public record MatrixShape(long out, long in) {
    /** The matrix that a weight is. */
    public static MatrixShape of(WeightPoint point, Architecture architecture) {
        long size = 1;
        for (Axis axis : point.axes()) {
            size = Math.multiplyExact(size, architecture.size(axis));
        }
        long in = inputs(point, architecture);
        return new MatrixShape(size / in, in);
    }

    private static long inputs(WeightPoint point, Architecture architecture) {
        return switch (point.kind()) {
            case BIAS, NORM -> 1;
            case TABLE -> architecture.size(Axis.D_MODEL);
            case MATRIX ->
                switch (point) {
                    case W_O -> architecture.size(Axis.HEAD) * architecture.size(Axis.D_HEAD);
                    case W_OUT -> architecture.size(Axis.D_MLP);
                    default -> architecture.size(Axis.D_MODEL);
                };
        };
    }

    /** How many numbers there are. */
    public long size() {
        return Math.multiplyExact(out, in);
    }
}
