package io.arrakis.runtime.model.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Encoding.Span;
import io.arrakis.api.model.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** A tokenizer of the native library. Only {@link TokenizerFiles} makes one, after the library was told to stay offline. */
public final class NativeTokenizer implements Tokenizer, AutoCloseable {

    /** A tokenizer file may say that texts are to be cut and filled up; neither is done here. */
    private static final Map<String, String> WHOLE_TEXTS =
            Map.of("truncation", "do_not_truncate", "padding", "do_not_pad", "modelMaxLength", "" + Integer.MAX_VALUE);

    private final HuggingFaceTokenizer tokenizer;
    private final Vocabulary vocabulary;
    private final String fingerprint;
    private final int padId;

    private NativeTokenizer(HuggingFaceTokenizer tokenizer, Vocabulary vocabulary, String fingerprint, int padId) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        this.fingerprint = fingerprint;
        this.padId = padId;
    }

    static NativeTokenizer of(byte[] json, Vocabulary vocabulary, int padId) throws IOException {
        HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), WHOLE_TEXTS);
        return new NativeTokenizer(tokenizer, vocabulary, sha256(json), padId);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public Encoding encode(String text, SpecialTokens special) {
        String wellFormed = wellFormed(text);
        return encoding(
                tokenizer.encode(wellFormed, special == SpecialTokens.ADD, false), new CharIndices(wellFormed), null);
    }

    @Override
    public Encoding encodePair(String first, String second) {
        String one = wellFormed(first);
        String two = wellFormed(second);
        return encoding(tokenizer.encode(one, two, true, false), new CharIndices(one), new CharIndices(two));
    }

    @Override
    public String decode(int... ids) {
        long[] wide = Arrays.stream(ids)
                .mapToLong(id -> Objects.checkIndex(id, vocabulary.size()))
                .toArray();
        return tokenizer.decode(wide, false);
    }

    @Override
    public String token(int id) {
        return vocabulary.token(id);
    }

    @Override
    public OptionalInt id(String token) {
        return vocabulary.id(token);
    }

    @Override
    public Optional<String> word(int id) {
        return vocabulary.word(id);
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public int padId() {
        return padId;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** Half of a surrogate pair is no text; it becomes the replacement character, of the same length. */
    private static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            mended = mended == null ? new StringBuilder(text) : mended;
            mended.setCharAt(i, '\ufffd');
        }
        return mended == null ? text : mended.toString();
    }

    private static Encoding encoding(
            ai.djl.huggingface.tokenizers.Encoding raw, CharIndices first, CharIndices second) {
        int n = raw.getIds().length;
        int[] typeIds = new int[n];
        int[] ids = new int[n];
        boolean[] special = new boolean[n];
        List<Span> spans = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            ids[i] = Math.toIntExact(raw.getIds()[i]);
            typeIds[i] = Math.toIntExact(raw.getTypeIds()[i]);
            special[i] = raw.getSpecialTokenMask()[i] != 0;
            CharIndices text = raw.getSequenceIds()[i] == 1 ? second : first;
            spans.add(special[i] ? new Span(0, 0) : span(raw.getCharTokenSpans()[i], text));
        }
        return new Encoding(ids, List.of(raw.getTokens()), spans, special, typeIds);
    }

    private static Span span(CharSpan span, CharIndices text) {
        return span == null ? new Span(0, 0) : new Span(text.of(span.getStart()), text.of(span.getEnd()));
    }
}
