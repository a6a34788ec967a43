package io.arrakis.tools.kg;

import io.arrakis.api.model.NormSpec;
import java.util.List;
import java.util.Optional;

/**
 * Tokens with the vectors that the attention of a block takes of them.
 *
 * @param tokens  the tokens
 * @param leftOut words of a data set that are not one token
 * @param listed  those among them that would be found if they were listed, since they are one token after a space
 * @param store   where the vectors come from
 * @param norm    the norm in front of attention
 */
record TokenVectors(
        List<Token> tokens, List<String> leftOut, List<String> listed, VectorStore store, Optional<NormSpec> norm) {

    /** Returns what the factors of a block take: normed where the model norms first; {@code [token, d_model]}. */
    HeapMatrix input(int block) {
        return AttentionInput.normed(norm, store.stream(block));
    }

    /** Returns what to say of the words that were left out. */
    Optional<String> warning() {
        return leftOut.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        leftOut.size() + " words are not one token of this model and were left out" + hint(listed));
    }

    /** Says how words that are one token after a space are found. */
    static String hint(List<String> listed) {
        return listed.isEmpty()
                ? ""
                : "; " + listed.size() + " of them, such as '" + listed.get(0)
                        + "', are one token after a space: list them in the experiment, or write source: embedding";
    }

    int count() {
        return tokens.size();
    }
}
