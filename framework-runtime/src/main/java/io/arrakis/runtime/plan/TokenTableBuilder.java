package io.arrakis.runtime.plan;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.model.tokenizer.WholeWords;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads texts through a tokenizer. Used once. */
final class TokenTableBuilder {

    private static final String SPAN_START = "start";
    private static final String SPAN_END = "end";
    private static final int UNKNOWN = -1;

    private final String origin;
    private final int maxTokens;
    private final List<String> exampleIds = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final IntList first = new IntList();
    private final IntList ids = new IntList();
    private final IntList starts = new IntList();
    private final IntList ends = new IntList();
    private final ByteArrayOutputStream marks = new ByteArrayOutputStream();
    private final IntList spanStarts = new IntList();
    private final IntList spanEnds = new IntList();
    private int cut;

    /**
     * Starts with nothing.
     *
     * @param origin    where the texts are from
     * @param maxTokens texts are cut to so many tokens, special ones counted
     */
    TokenTableBuilder(String origin, int maxTokens) {
        this.origin = origin;
        this.maxTokens = maxTokens;
        first.add(0);
    }

    TokenTable dataset(Dataset dataset, Tokenizer tokenizer, Runnable checkCancelled) {
        for (Example example : dataset) {
            checkCancelled.run();
            add(example.id(), example.text(), tokenizer);
            spanStarts.add(span(example, SPAN_START));
            spanEnds.add(span(example, SPAN_END));
        }
        return new TokenTable(this);
    }

    TokenTable field(Dataset dataset, String field, Tokenizer tokenizer, Runnable checkCancelled) {
        for (Example example : dataset) {
            checkCancelled.run();
            String text = example.text(field)
                    .filter(it -> !it.isBlank())
                    .orElseThrow(() -> new ArrakisException(
                            ErrorCode.DATA_ROW,
                            origin,
                            "example '" + example.id() + "' has nothing there",
                            "name a field that every example has"));
            add(example.id(), text, tokenizer);
            spanStarts.add(UNKNOWN);
            spanEnds.add(UNKNOWN);
        }
        return new TokenTable(this);
    }

    private int span(Example example, String field) {
        try {
            return example.number(field).map(Double::intValue).orElse(UNKNOWN);
        } catch (IllegalArgumentException e) {
            // A field of that name that means something else matters only to who asks for spans.
            return UNKNOWN;
        }
    }

    TokenTable texts(List<String> all, Tokenizer tokenizer) {
        for (int i = 0; i < all.size(); i++) {
            add(Integer.toString(i), all.get(i), tokenizer);
            spanStarts.add(UNKNOWN);
            spanEnds.add(UNKNOWN);
        }
        return new TokenTable(this);
    }

    TokenTable tokens(List<List<Integer>> sequences) {
        for (int i = 0; i < sequences.size(); i++) {
            List<Integer> sequence = sequences.get(i);
            int kept = Math.min(sequence.size(), maxTokens);
            cut += kept < sequence.size() ? 1 : 0;
            sequence.subList(0, kept).forEach(id -> token(id, UNKNOWN, UNKNOWN, TokenTable.mark(false, false)));
            end(Integer.toString(i), "");
            spanStarts.add(UNKNOWN);
            spanEnds.add(UNKNOWN);
        }
        return new TokenTable(this);
    }

    private void add(String exampleId, String text, Tokenizer tokenizer) {
        Encoding encoding = tokenizer.encode(text, SpecialTokens.ADD);
        boolean[] keep = kept(encoding, exampleId);
        boolean[] wholeWords = WholeWords.of(text, encoding);
        for (int i = 0; i < encoding.size(); i++) {
            if (keep[i]) {
                Encoding.Span span = encoding.spans().get(i);
                boolean special = encoding.special(i);
                token(
                        encoding.id(i),
                        special ? UNKNOWN : span.start(),
                        special ? UNKNOWN : span.end(),
                        TokenTable.mark(special, wholeWords[i]));
            }
        }
        end(exampleId, text);
    }

    /** Cuts a text at its end and keeps the special tokens around it. */
    private boolean[] kept(Encoding encoding, String exampleId) {
        int size = encoding.size();
        int special = 0;
        for (int i = 0; i < size; i++) {
            special += encoding.special(i) ? 1 : 0;
        }
        if (size > maxTokens && special >= maxTokens) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    origin,
                    "max_tokens " + maxTokens + " leaves no room beside " + special + " special tokens in text '"
                            + exampleId + "'",
                    "raise max_tokens");
        }
        cut += size > maxTokens ? 1 : 0;
        boolean[] keep = new boolean[size];
        int room = Math.min(size, maxTokens) - special;
        for (int i = 0; i < size; i++) {
            keep[i] = encoding.special(i) || room-- > 0;
        }
        return keep;
    }

    private void token(int id, int start, int end, byte mark) {
        ids.add(id);
        starts.add(start);
        ends.add(end);
        marks.write(mark);
    }

    private void end(String exampleId, String text) {
        exampleIds.add(exampleId);
        texts.add(text);
        first.add(ids.size());
    }

    String origin() {
        return origin;
    }

    String[] exampleIds() {
        return exampleIds.toArray(String[]::new);
    }

    String[] texts() {
        return texts.toArray(String[]::new);
    }

    int[] first() {
        return first.toArray();
    }

    int[] ids() {
        return ids.toArray();
    }

    int[] starts() {
        return starts.toArray();
    }

    int[] ends() {
        return ends.toArray();
    }

    byte[] marks() {
        return marks.toByteArray();
    }

    int[] spanStarts() {
        return spanStarts.toArray();
    }

    int[] spanEnds() {
        return spanEnds.toArray();
    }

    int cut() {
        return cut;
    }
}
