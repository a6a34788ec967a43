package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the residual stream becomes scores of the vocabulary.
 *
 * @param tied      whether the matrix is the token embedding
 * @param bias      whether there is a bias
 * @param divisor   the scores are divided by it; 1 for most
 * @param softCap   c of {@code c * tanh(score / c)}; empty for none
 * @param transform activation of a dense layer before the norm (masked-token heads of BERT and RoBERTa); empty for none
 */
@Stable
public record UnembeddingSpec(
        boolean tied, boolean bias, double divisor, OptionalDouble softCap, Optional<ActivationFunction> transform) {
    /** Checks the values. */
    public UnembeddingSpec {
        Objects.requireNonNull(softCap, "softCap");
        Objects.requireNonNull(transform, "transform");
        if (!Double.isFinite(divisor) || divisor == 0) {
            throw new IllegalArgumentException("divisor of the logits " + divisor);
        }
    }

    /** A matrix alone. */
    public static UnembeddingSpec plain(boolean tied) {
        return new UnembeddingSpec(tied, false, 1, OptionalDouble.empty(), Optional.empty());
    }
}
