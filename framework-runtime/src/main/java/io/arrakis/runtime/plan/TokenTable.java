package io.arrakis.runtime.plan;

import io.arrakis.api.activation.Rows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens of all texts of one source, cut to one length, as the model reads them. Tokens of all texts stand one after the
 * other; an index into them is a place. Costs 13 bytes a token beside the texts. Immutable; safe to read from several threads.
 */
public final class TokenTable {

    private static final byte SPECIAL = 1;
    private static final byte WHOLE_WORD = 2;

    private final String origin;
    private final String[] exampleIds;
    private final String[] texts;
    private final int[] first;
    private final int[] ids;
    private final int[] starts;
    private final int[] ends;
    private final byte[] marks;
    private final int[] spanStarts;
    private final int[] spanEnds;
    private final int cut;
    private final Map<Rows, RowIndex> indices = new ConcurrentHashMap<>();
    private final String contentHash;
    private final String spanHash;

    TokenTable(TokenTableBuilder builder) {
        this.origin = builder.origin();
        this.exampleIds = builder.exampleIds();
        this.texts = builder.texts();
        this.first = builder.first();
        this.ids = builder.ids();
        this.starts = builder.starts();
        this.ends = builder.ends();
        this.marks = builder.marks();
        this.spanStarts = builder.spanStarts();
        this.spanEnds = builder.spanEnds();
        this.cut = builder.cut();
        this.contentHash = hash(first, ids, marks);
        this.spanHash = hash(spanStarts, spanEnds, new byte[0]) + hash(starts, ends, new byte[0]);
    }

    static byte mark(boolean special, boolean wholeWord) {
        return (byte) ((special ? SPECIAL : 0) | (wholeWord ? WHOLE_WORD : 0));
    }

    private static String hash(int[] a, int[] b, byte[] c) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("tokens.1".getBytes(StandardCharsets.US_ASCII));
            update(digest, a);
            update(digest, b);
            for (byte mark : c) {
                digest.update((byte) (mark & SPECIAL));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, int[] values) {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 13);
        digest.update(chunk.putInt(values.length).flip());
        chunk.clear();
        for (int value : values) {
            if (!chunk.hasRemaining()) {
                digest.update(chunk.flip());
                chunk.clear();
            }
            chunk.putInt(value);
        }
        digest.update(chunk.flip());
    }

    /** Returns where the texts are from, for people. */
    public String origin() {
        return origin;
    }

    /** Returns the number of texts. */
    public int examples() {
        return exampleIds.length;
    }

    /** Returns the number of tokens of all texts, special ones counted. */
    public int tokens() {
        return ids.length;
    }

    /** Returns the place of a text's first token; that of {@code examples()} is the number of tokens. */
    public int first(int example) {
        return first[example];
    }

    /** Returns the number of tokens of a text, special ones counted. */
    public int length(int example) {
        return first[example + 1] - first[example];
    }

    int id(int place) {
        return ids[place];
    }

    int start(int place) {
        return starts[place];
    }

    int end(int place) {
        return ends[place];
    }

    boolean special(int place) {
        return (marks[place] & SPECIAL) != 0;
    }

    boolean wholeWord(int place) {
        return (marks[place] & WHOLE_WORD) != 0;
    }

    /** Returns where the marked part of a text begins, or -1 where none is marked. */
    int spanStart(int example) {
        return spanStarts[example];
    }

    int spanEnd(int example) {
        return spanEnds[example];
    }

    String text(int example) {
        return texts[example];
    }

    String exampleId(int example) {
        return exampleIds[example];
    }

    /**
     * Returns which tokens become rows.
     *
     * @throws io.arrakis.api.problem.ArrakisException as {@link RowIndex#of} does
     */
    public RowIndex rows(Rows selection) {
        return indices.computeIfAbsent(selection, it -> RowIndex.of(this, it));
    }

    /** Returns the number of texts that were cut. */
    public int cut() {
        return cut;
    }

    /** Returns a hash of what decides a forward pass and its rows: token ids and which of them are special. */
    public String contentHash() {
        return contentHash;
    }

    /** Returns a hash of what decides the rows of marked parts. */
    String spanHash() {
        return spanHash;
    }
}
