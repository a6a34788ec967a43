package io.arrakis.tools.kg;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tokens in texts as the blocks read them: texts of the user, or random words of the vocabulary one after the other.
 *
 * @param activations the capture
 * @param texts       how many of its texts are used
 */
record ContextRows(Activations activations, int texts) {

    static final String CAPTURE = "contexts";

    private static final int MOST_ROWS = 8_192;
    private static final int LONGEST = 128;
    private static final int SEQUENCES = 64;
    private static final int WORDS = 24;

    static CaptureRequest request(
            Optional<TextSet> texts, List<Integer> blocks, Architecture architecture, Tokenizer tokenizer) {
        List<HookName> hooks = blocks.stream()
                .map(block -> HookName.of(HookPoint.RESID_PRE, block))
                .toList();
        TextSource source = texts.map(TextSet::source).orElseGet(() -> random(architecture, tokenizer));
        return CaptureRequest.of(CAPTURE, source, Rows.EACH_WITH_SPECIAL, hooks)
                .cutTo(Math.min(LONGEST, architecture.dims().nCtx()));
    }

    /** Words in an order that says nothing: what is left of a direction then is position, first token and mean. */
    private static TextSource random(Architecture architecture, Tokenizer tokenizer) {
        Frame frame = Frame.of(tokenizer);
        int[] words = IntStream.range(0, tokenizer.vocabularySize())
                .filter(id -> tokenizer.word(id).isPresent())
                .toArray();
        SeededRandom random = SeededRandom.of(0, "random words");
        int room = architecture.dims().nCtx()
                - frame.before().size()
                - frame.after().size();
        int length = Math.max(1, Math.min(WORDS, room));
        List<List<Integer>> sequences = new ArrayList<>();
        for (int i = 0; i < SEQUENCES; i++) {
            List<Integer> sequence = new ArrayList<>(frame.before());
            for (int j = 0; j < length; j++) {
                sequence.add(words[random.nextInt(words.length)]);
            }
            sequence.addAll(frame.after());
            sequences.add(sequence);
        }
        return new TextSource.Tokens(sequences);
    }

    /**
     * Takes as many texts as there is room for.
     *
     * @throws ArrakisException if none of them has two tokens, so that nothing stands beside anything
     */
    static ContextRows of(Activations activations) {
        TokenRows rows = activations.rows();
        int texts = 0;
        int longest = 0;
        while (texts < rows.examples() && rows.firstRow(texts + 1) <= MOST_ROWS) {
            longest = Math.max(longest, rows.firstRow(texts + 1) - rows.firstRow(texts));
            texts++;
        }
        if (longest < 2) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    CAPTURE,
                    "none of the " + rows.examples() + " texts has two tokens",
                    "give texts of several words, or leave them out");
        }
        return new ContextRows(activations, texts);
    }

    /** Returns how many texts were left out, in words, where there was no room for all. */
    Optional<String> leftOut() {
        int all = activations.rows().examples();
        return texts == all
                ? Optional.empty()
                : Optional.of("the first " + texts + " of " + all
                        + " contexts were used, since together they have up to " + MOST_ROWS + " tokens");
    }

    int count() {
        return activations.rows().firstRow(texts);
    }

    TokenRows rows() {
        return activations.rows();
    }

    /** Returns what a block reads, before any norm, {@code [row, d_model]}. */
    HeapMatrix stream(int block) {
        int[] all = IntStream.range(0, count()).toArray();
        return HeapMatrix.captured(activations, HookName.of(HookPoint.RESID_PRE, block), all);
    }
}
