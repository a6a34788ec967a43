package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * How a norm works. Statistics are over the last axis and accumulate in at least float32.
 *
 * @param kind          with or without centring
 * @param epsilon       added to the variance (or mean square)
 * @param weightPlusOne whether the scale is the stored weight plus one
 * @param bias          whether there is a bias
 */
@Stable
public record NormSpec(Kind kind, double epsilon, boolean weightPlusOne, boolean bias) {
    /** The two kinds of norm. */
    public enum Kind {
        /** Centred, divided by the standard deviation. */
        LAYER_NORM,
        /** Divided by the root of the mean square. */
        RMS_NORM
    }

    /** Checks the values. */
    public NormSpec {
        Objects.requireNonNull(kind, "kind");
        if (!(epsilon >= 0)) {
            throw new IllegalArgumentException("epsilon of a norm must be 0 or more, not " + epsilon);
        }
    }

    /** A layer norm with weight and bias. */
    public static NormSpec layerNorm(double epsilon) {
        return new NormSpec(Kind.LAYER_NORM, epsilon, false, true);
    }

    /** A root-mean-square norm with weight alone. */
    public static NormSpec rmsNorm(double epsilon) {
        return new NormSpec(Kind.RMS_NORM, epsilon, false, false);
    }
}
