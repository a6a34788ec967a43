package io.arrakis.tools.kg;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import java.util.ArrayList;
import java.util.List;

/**
 * The special tokens that the model expects around a text.
 *
 * @param before ids in front
 * @param after  ids behind
 */
record Frame(List<Integer> before, List<Integer> after) {

    static Frame of(Tokenizer tokenizer) {
        Encoding encoding = tokenizer.encode("a", SpecialTokens.ADD);
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < encoding.size(); i++) {
            inside |= !encoding.special(i);
            if (encoding.special(i)) {
                (inside ? after : before).add(encoding.id(i));
            }
        }
        return new Frame(before, after);
    }

    /** Returns a text of one token. */
    List<Integer> around(Token token) {
        List<Integer> sequence = new ArrayList<>(before);
        sequence.add(token.id());
        sequence.addAll(after);
        return sequence;
    }

    /** Returns where the token stands in {@link #around}. */
    int position() {
        return before.size();
    }
}
