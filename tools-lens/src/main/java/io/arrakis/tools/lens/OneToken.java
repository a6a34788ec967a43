package io.arrakis.tools.lens;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/** Finds the one token that a text is. */
final class OneToken {

    private OneToken() {}

    /**
     * Returns the id.
     *
     * @param where what messages name
     * @throws ArrakisException if the text is several tokens, or one that stands for anything unknown
     */
    static int of(String text, Tokenizer tokenizer, String where) {
        Encoding encoding = tokenizer.encode(text, SpecialTokens.NONE);
        if (encoding.size() == 1 && means(text, encoding.id(0), tokenizer)) {
            return encoding.id(0);
        }
        throw new ArrakisException(
                ErrorCode.TOOL_INPUT,
                where,
                "'" + text + "' is "
                        + (encoding.size() == 1
                                ? "not in the vocabulary"
                                : encoding.size() + " tokens, " + encoding.tokens()),
                "give a text that the model has as one token; many tokenizers want a space before a word");
    }

    private static boolean means(String text, int id, Tokenizer tokenizer) {
        return tokenizer.word(id).isPresent()
                || tokenizer.token(id).equals(text)
                || tokenizer.decode(id).strip().equalsIgnoreCase(text.strip());
    }
}
