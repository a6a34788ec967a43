package io.arrakis.runtime.plan;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.model.tokenizer.WholeWords;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads texts through a tokenizer. Used once. */
final class TokenTableBuilder {

    private static final String SPAN_START = "start";
    private static final String SPAN_END = "end";
    private static final int UNKNOWN = -1;
    private static final Span NO_SPAN = new Span(UNKNOWN, UNKNOWN);

    /** The part of a text that its row marks. */
    private record Span(int start, int end) {}

    /** Texts that are held in memory, in bytes; a file holds the others. */
    private static final long MEMORY_BYTES = 8L << 20;

    private final String origin;
    private final int maxTokens;
    private final TextStore texts;
    private final IntList first = new IntList();
    private final TokenHashes hashes = new TokenHashes();
    private int tokens;
    private int cut;

    /**
     * Starts with nothing.
     *
     * @param origin    where the texts are from
     * @param maxTokens texts are cut to so many tokens, special ones counted
     * @param directory for texts that memory does not hold
     */
    TokenTableBuilder(String origin, int maxTokens, Path directory) {
        this.origin = origin;
        this.maxTokens = maxTokens;
        this.texts = new TextStore(directory, MEMORY_BYTES);
        first.add(0);
    }

    TokenTable dataset(Dataset dataset, Tokenizer tokenizer, Runnable checkCancelled) {
        for (Example example : dataset) {
            checkCancelled.run();
            Span span = new Span(span(example, SPAN_START), span(example, SPAN_END));
            add(example.id(), example.text(), tokenizer, span);
        }
        return table();
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
            add(example.id(), text, tokenizer, NO_SPAN);
        }
        return table();
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
            add(Integer.toString(i), all.get(i), tokenizer, NO_SPAN);
        }
        return table();
    }

    TokenTable tokens(List<List<Integer>> sequences) {
        for (int i = 0; i < sequences.size(); i++) {
            List<Integer> sequence = sequences.get(i);
            int kept = Math.min(sequence.size(), maxTokens);
            cut += kept < sequence.size() ? 1 : 0;
            int[] ids = sequence.subList(0, kept).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] unknown = new int[kept];
            Arrays.fill(unknown, UNKNOWN);
            add(new TextRecord(Integer.toString(i), "", ids, unknown, unknown, new byte[kept], UNKNOWN, UNKNOWN));
        }
        return table();
    }

    private TokenTable table() {
        texts.finish();
        return new TokenTable(origin, first.toArray(), texts, hashes, cut);
    }

    private void add(String exampleId, String text, Tokenizer tokenizer, Span marked) {
        Encoding encoding = tokenizer.encode(text, SpecialTokens.ADD);
        int[] kept = kept(encoding, exampleId);
        boolean[] wholeWords = WholeWords.of(text, encoding);
        int[] ids = new int[kept.length];
        int[] starts = new int[kept.length];
        int[] ends = new int[kept.length];
        byte[] marks = new byte[kept.length];
        for (int pos = 0; pos < kept.length; pos++) {
            int at = kept[pos];
            boolean special = encoding.special(at);
            ids[pos] = encoding.id(at);
            starts[pos] = special ? UNKNOWN : encoding.spans().get(at).start();
            ends[pos] = special ? UNKNOWN : encoding.spans().get(at).end();
            marks[pos] = TextRecord.mark(special, wholeWords[at]);
        }
        add(new TextRecord(exampleId, text, ids, starts, ends, marks, marked.start(), marked.end()));
    }

    private void add(TextRecord text) {
        tokens = Math.addExact(tokens, text.length());
        first.add(tokens);
        hashes.add(text);
        texts.add(text);
    }

    private int[] kept(Encoding encoding, String exampleId) {
        if (TextCut.leavesNothing(encoding, maxTokens)) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    origin,
                    "max_tokens " + maxTokens + " leaves no room beside " + TextCut.specials(encoding)
                            + " special tokens in text '" + exampleId + "'",
                    "raise max_tokens");
        }
        cut += encoding.size() > maxTokens ? 1 : 0;
        return TextCut.kept(encoding, maxTokens);
    }
}
