package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * What all blocks have in common.
 *
 * @param form               how attention, MLP and norms are put together
 * @param norm               how the norms of the blocks work
 * @param residualMultiplier what attention and MLP add is multiplied by it; 1 for most
 */
@Stable
public record BlockSpec(BlockForm form, NormSpec norm, double residualMultiplier) {
    /** Checks the values. */
    public BlockSpec {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(norm, "norm");
        if (!Double.isFinite(residualMultiplier)) {
            throw new IllegalArgumentException("residual multiplier " + residualMultiplier);
        }
    }

    /** A block without residual multiplier. */
    public BlockSpec(BlockForm form, NormSpec norm) {
        this(form, norm, 1);
    }
}
