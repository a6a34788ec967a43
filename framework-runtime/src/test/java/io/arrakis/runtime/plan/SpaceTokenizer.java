package io.arrakis.runtime.plan;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Words between spaces, [CLS] before and [SEP] after; the id of a word is its length, of the special ones 100 and 101. */
final class SpaceTokenizer implements Tokenizer {

    @Override
    public Encoding encode(String text, SpecialTokens special) {
        List<Integer> ids = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        List<Encoding.Span> spans = new ArrayList<>();
        List<Boolean> marks = new ArrayList<>();
        boolean around = special == SpecialTokens.ADD;
        if (around) {
            add(100, "[CLS]", new Encoding.Span(0, 0), true, ids, tokens, spans, marks);
        }
        int start = 0;
        for (String word : text.split(" ", -1)) {
            if (!word.isEmpty()) {
                Encoding.Span span = new Encoding.Span(start, start + word.length());
                add(word.length(), word, span, false, ids, tokens, spans, marks);
            }
            start += word.length() + 1;
        }
        if (around) {
            add(101, "[SEP]", new Encoding.Span(0, 0), true, ids, tokens, spans, marks);
        }
        boolean[] specials = new boolean[marks.size()];
        for (int i = 0; i < specials.length; i++) {
            specials[i] = marks.get(i);
        }
        return new Encoding(
                ids.stream().mapToInt(Integer::intValue).toArray(), tokens, spans, specials, new int[specials.length]);
    }

    private static void add(
            int id,
            String token,
            Encoding.Span span,
            boolean special,
            List<Integer> ids,
            List<String> tokens,
            List<Encoding.Span> spans,
            List<Boolean> marks) {
        ids.add(id);
        tokens.add(token);
        spans.add(span);
        marks.add(special);
    }

    @Override
    public Encoding encodePair(String first, String second) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String decode(int... ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String token(int id) {
        return id == 100 ? "[CLS]" : "x".repeat(id);
    }

    @Override
    public OptionalInt id(String token) {
        return OptionalInt.of(token.length());
    }

    @Override
    public Optional<String> word(int id) {
        return Optional.of(token(id));
    }

    @Override
    public String fingerprint() {
        return "spaces";
    }

    @Override
    public int vocabularySize() {
        return 102;
    }

    @Override
    public int padId() {
        return 0;
    }
}
