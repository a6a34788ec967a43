package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * Rotary positions: the first {@code dims} dimensions of a head are rotated, dimension i together with i + dims/2; the
 * others are passed on.
 *
 * @param dims    rotated dimensions of a head; even
 * @param base    frequencies are {@code base^(-2i/dims)}
 * @param scaling how the frequencies are changed
 */
@Stable
public record RotarySpec(int dims, double base, RotaryScaling scaling) {
    /** Checks the values. */
    public RotarySpec {
        Objects.requireNonNull(scaling, "scaling");
        if (dims <= 0 || dims % 2 != 0 || !(base > 0)) {
            throw new IllegalArgumentException("rotary positions on " + dims + " dimensions with base " + base);
        }
    }
}
