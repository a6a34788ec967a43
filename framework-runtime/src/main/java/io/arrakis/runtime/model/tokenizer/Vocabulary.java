package io.arrakis.runtime.model.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The tokens of a tokenizer as they stand in its file, added tokens included. Immutable. */
final class Vocabulary {

    private final String[] tokens;
    private final Map<String, Integer> ids;
    private final TokenStyle style;

    /**
     * Takes tokens over.
     *
     * @param ids   id by token; at least 0
     * @param style how the tokens spell words
     */
    Vocabulary(Map<String, Integer> ids, TokenStyle style) {
        int size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        this.ids = new HashMap<>(ids);
        this.tokens = new String[size];
        this.style = style;
        Arrays.fill(tokens, "");
        ids.forEach((token, id) -> tokens[id] = token);
    }

    int size() {
        return tokens.length;
    }

    String token(int id) {
        return tokens[id];
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    Optional<String> word(int id) {
        return style.word(tokens[id]);
    }
}
