package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What may differ from block to block.
 *
 * @param scoreScale the product of query and key is multiplied by it
 * @param window     w where position i sees no j with {@code |i - j| >= w}; empty for no such limit
 * @param rotary     rotary positions; empty for none
 */
@Stable
public record LayerSpec(double scoreScale, OptionalInt window, Optional<RotarySpec> rotary) {
    /** Checks the values. */
    public LayerSpec {
        Objects.requireNonNull(rotary, "rotary");
        if (!Double.isFinite(scoreScale) || window.orElse(1) < 1) {
            throw new IllegalArgumentException("score scale " + scoreScale + ", window " + window);
        }
    }
}
