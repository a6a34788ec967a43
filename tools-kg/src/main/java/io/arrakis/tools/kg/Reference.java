package io.arrakis.tools.kg;

import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.TokenSet;
import java.util.List;
import java.util.stream.IntStream;

/** The words that all others are seen against: their mean is taken away, and pairs of them say what chance is. */
final class Reference {

    private static final int MOST = 1_000;

    private Reference() {}

    /** Returns an even sample of the vocabulary's words, at most 1,000, in the order of their ids. */
    static TokenSet sample(Tokenizer tokenizer) {
        int[] words = IntStream.range(0, tokenizer.vocabularySize())
                .filter(id -> tokenizer.word(id).isPresent())
                .toArray();
        int count = Math.min(MOST, words.length);
        List<Integer> ids = IntStream.range(0, count)
                .mapToObj(i -> words[(int) ((long) i * words.length / count)])
                .toList();
        return new TokenSet.Ids(ids);
    }
}
