package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the attention of all blocks has in common.
 *
 * @param causal       whether a position sees no later one
 * @param qkvBias      whether queries, keys and values have biases
 * @param outputBias   whether the output projection has one
 * @param qkNorm       norm of queries and keys; empty for none
 * @param scoreSoftCap c of {@code c * tanh(score / c)}; empty for none
 */
@Stable
public record AttentionSpec(
        boolean causal, boolean qkvBias, boolean outputBias, Optional<QkNormSpec> qkNorm, OptionalDouble scoreSoftCap) {
    /** Checks that nothing is null. */
    public AttentionSpec {
        Objects.requireNonNull(qkNorm, "qkNorm");
        Objects.requireNonNull(scoreSoftCap, "scoreSoftCap");
    }
}
