package io.arrakis.tools.lens;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of one input, special ones too.
 *
 * @param ids   token ids, at least one
 * @param types token types, as many
 */
record TokenRow(int[] ids, int[] types) {

    /** Reads an encoded text, cut to so many tokens. */
    static TokenRow of(Encoding text, int maxTokens) {
        int length = Math.min(text.size(), maxTokens);
        int[] types = new int[length];
        Arrays.setAll(types, text::typeId);
        return new TokenRow(Arrays.copyOf(text.ids(), length), types);
    }

    /** Tokens of the first text alone. */
    static TokenRow of(int[] ids) {
        return new TokenRow(ids, new int[ids.length]);
    }

    int length() {
        return ids.length;
    }

    /** Returns inputs of one length as a batch. */
    static TokenBatch batch(List<TokenRow> rows) {
        int length = rows.get(0).length();
        boolean[] real = new boolean[length];
        Arrays.fill(real, true);
        boolean[][] mask = new boolean[rows.size()][];
        Arrays.fill(mask, real);
        return TokenBatch.of(rows.stream().map(TokenRow::ids).toArray(int[][]::new), mask)
                .withTypeIds(rows.stream().map(TokenRow::types).toArray(int[][]::new));
    }

    /** Returns the tokens as people read them, each after its position, so that no two are alike. */
    List<String> labels(Tokenizer tokenizer) {
        List<String> labels = new ArrayList<>();
        for (int position = 0; position < ids.length; position++) {
            labels.add(position + " " + readable(tokenizer, ids[position]));
        }
        return labels;
    }

    /** Returns a token as people read it: without spaces around it, or as the vocabulary has it if nothing else is left. */
    static String readable(Tokenizer tokenizer, int id) {
        String text = tokenizer.decode(id).strip();
        return text.isEmpty() || text.chars().anyMatch(Character::isISOControl) ? tokenizer.token(id) : text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenRow that && Arrays.equals(ids, that.ids) && Arrays.equals(types, that.types);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + Arrays.hashCode(types);
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
