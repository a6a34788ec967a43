package io.arrakis.runtime.run;

import java.util.OptionalLong;

/**
 * Which controls the framework makes for a step.
 *
 * @param randomModelSeed the same step on a model of the same shape with random weights
 * @param layerZero       the same step at residual layer 0
 */
public record Controls(OptionalLong randomModelSeed, boolean layerZero) {

    /** No controls. */
    public static final Controls NONE = new Controls(OptionalLong.empty(), false);
}
