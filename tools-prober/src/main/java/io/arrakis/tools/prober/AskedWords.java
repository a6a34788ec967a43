package io.arrakis.tools.prober;

import io.arrakis.api.data.Example;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.List;
import java.util.stream.StreamSupport;

/** The words that a parameter names, spelled as in the vocabulary. */
final class AskedWords {

    private AskedWords() {}

    /**
     * Returns the words.
     *
     * @throws ArrakisException if an id is not in the vocabulary
     */
    static List<String> of(TokenSet asked, Tokenizer tokenizer, Inputs inputs) {
        if (asked instanceof TokenSet.Ids ids) {
            return ids.ids().stream().map(id -> word(id, tokenizer)).toList();
        }
        if (asked instanceof TokenSet.OfData words) {
            return StreamSupport.stream(inputs.data(words.data()).spliterator(), false)
                    .map(Example::text)
                    .toList();
        }
        return ((TokenSet.Words) asked).words();
    }

    private static String word(int id, Tokenizer tokenizer) {
        if (id < 0 || id >= tokenizer.vocabularySize()) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    "words",
                    "token id " + id + " is not in the vocabulary",
                    "ids are 0 to " + (tokenizer.vocabularySize() - 1));
        }
        return tokenizer.word(id).orElseGet(() -> tokenizer.token(id));
    }
}
