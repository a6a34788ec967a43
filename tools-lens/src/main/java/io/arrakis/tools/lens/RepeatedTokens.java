package io.arrakis.tools.lens;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of random words that stand twice in a row, between the special tokens that the model expects: nothing but the
 * repetition says what comes next.
 *
 * @param sequences the inputs, of one length
 * @param first     position of the first word of the first copy
 * @param length    words of one copy
 */
record RepeatedTokens(List<TokenRow> sequences, int first, int length) {

    /**
     * Draws sequences. No word stands twice in a copy.
     *
     * @throws ArrakisException if the vocabulary has fewer words than a copy needs
     */
    static RepeatedTokens draw(int sequences, int length, Tokenizer tokenizer, SeededRandom random) {
        int[] words = words(tokenizer);
        if (words.length < length) {
            throw new ArrakisException(
                    ErrorCode.SPEC_RANGE,
                    "sequence_length",
                    "the vocabulary has " + words.length + " words, too few for a sequence of " + length,
                    "lower sequence_length");
        }
        Encoding frame = tokenizer.encode(tokenizer.word(words[0]).orElseThrow(), SpecialTokens.ADD);
        int[] before = IntStream.range(0, frame.size())
                .takeWhile(frame::special)
                .map(frame::id)
                .toArray();
        int[] after = IntStream.range(before.length, frame.size())
                .filter(frame::special)
                .map(frame::id)
                .toArray();
        List<TokenRow> rows = new ArrayList<>();
        for (int i = 0; i < sequences; i++) {
            int[] copy = Arrays.stream(random.child(i).sample(words.length, length))
                    .map(word -> words[word])
                    .toArray();
            rows.add(TokenRow.of(join(before, copy, copy, after)));
        }
        return new RepeatedTokens(rows, before.length, length);
    }

    /**
     * Checks that the model reads sequences of this length.
     *
     * @throws ArrakisException if they are longer
     */
    void requireFits(ModelDescription model) {
        int longest = model.architecture().dims().nCtx();
        if (sequences.get(0).length() > longest) {
            throw new ArrakisException(
                    ErrorCode.SPEC_RANGE,
                    "sequence_length",
                    "two copies of " + length + " words with special tokens are "
                            + sequences.get(0).length() + " tokens, but model '" + model.name() + "' reads " + longest,
                    "lower sequence_length");
        }
    }

    private static int[] words(Tokenizer tokenizer) {
        return IntStream.range(0, tokenizer.vocabularySize())
                .filter(id -> tokenizer.word(id).isPresent())
                .toArray();
    }

    private static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
