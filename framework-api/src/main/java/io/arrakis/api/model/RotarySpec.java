package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * Rotary positions: the first {@link #rotated} dimensions of a head are rotated, dimension i together with i + rotated/2;
 * the others are passed on.
 *
 * @param dims    what the exponents of the frequencies count with; an odd number rotates one dimension more
 * @param base    frequencies are {@code base^(-2i/dims)}
 * @param scaling how the frequencies are changed
 */
@Stable
public record RotarySpec(int dims, double base, RotaryScaling scaling) {
    /** Checks the values. */
    public RotarySpec {
        Objects.requireNonNull(scaling, "scaling");
        if (dims <= 0 || !(base > 0)) {
            throw new IllegalArgumentException("rotary positions on " + dims + " dimensions with base " + base);
        }
    }

    /** How many pairs of dimensions are rotated. */
    public int pairs() {
        return (dims + 1) / 2;
    }

    /** How many dimensions of a head are rotated. */
    public int rotated() {
        return 2 * pairs();
    }
}
