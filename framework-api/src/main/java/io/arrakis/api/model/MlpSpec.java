package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * The MLP of a block.
 *
 * @param activation the function of the neurons
 * @param gated      whether neurons are {@code act(x W_gate) * (x W_in)} instead of {@code act(x W_in)}
 * @param bias       whether all projections have biases
 */
@Stable
public record MlpSpec(ActivationFunction activation, boolean gated, boolean bias) {
    /** Checks that nothing is null. */
    public MlpSpec {
        Objects.requireNonNull(activation, "activation");
    }
}
