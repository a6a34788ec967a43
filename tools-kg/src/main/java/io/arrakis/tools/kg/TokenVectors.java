package io.arrakis.tools.kg;

import io.arrakis.api.model.NormSpec;
import java.util.List;
import java.util.Optional;

/**
 * Tokens with the vectors that the attention of a block takes of them.
 *
 * @param tokens  the tokens
 * @param leftOut words of a data set that are not one token
 * @param store   where the vectors come from
 * @param norm    the norm in front of attention
 */
record TokenVectors(List<Token> tokens, List<String> leftOut, VectorStore store, Optional<NormSpec> norm) {

    /** Returns what the factors of a block take: normed where the model norms first; {@code [token, d_model]}. */
    HeapMatrix input(int block) {
        return AttentionInput.normed(norm, store.stream(block));
    }

    int count() {
        return tokens.size();
    }
}
