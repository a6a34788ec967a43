package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of token ids before the first block.
 *
 * @param scale      the token embedding is multiplied by it; 1 for most
 * @param positions  learned positions, added; empty with rotary positions
 * @param tokenTypes rows of the table of token types, added; 0 for none
 * @param norm       norm of the sum, which then enters block 0; empty for none
 */
@Stable
public record EmbeddingSpec(double scale, Optional<PositionTable> positions, int tokenTypes, Optional<NormSpec> norm) {
    /** Checks the values. */
    public EmbeddingSpec {
        Objects.requireNonNull(positions, "positions");
        Objects.requireNonNull(norm, "norm");
        if (!Double.isFinite(scale) || tokenTypes < 0) {
            throw new IllegalArgumentException("embedding scale " + scale + ", token types " + tokenTypes);
        }
    }

    /** Token embeddings alone. */
    public static EmbeddingSpec tokensOnly() {
        return scaled(1);
    }

    /** Token embeddings alone, multiplied. */
    public static EmbeddingSpec scaled(double scale) {
        return new EmbeddingSpec(scale, Optional.empty(), 0, Optional.empty());
    }

    /** Token embeddings and learned positions. */
    public static EmbeddingSpec withPositions(PositionTable table) {
        return new EmbeddingSpec(1, Optional.of(table), 0, Optional.empty());
    }
}
