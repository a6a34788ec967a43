package io.arrakis.runtime.plan;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.hook.Positions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens of all texts of one source, cut to one length, as the model reads them. Holds four bytes a text in memory, and a few
 * MiB of texts: a larger table is read back from a file. Immutable; safe to read from several threads.
 */
public final class TokenTable {

    private final String origin;
    private final int[] first;
    private final TextStore texts;
    private final int cut;
    private final Map<Selection, RowIndex> indices = new ConcurrentHashMap<>();
    private final String contentHash;
    private final String spanHash;

    private record Selection(Rows rows, Positions positions) {}

    TokenTable(String origin, int[] first, TextStore texts, TokenHashes hashes, int cut) {
        this.origin = origin;
        this.first = first;
        this.texts = texts;
        this.cut = cut;
        this.contentHash = hashes.content();
        this.spanHash = hashes.spans();
    }

    /** Returns where the texts are from, for people. */
    public String origin() {
        return origin;
    }

    /** Returns the number of texts. */
    public int examples() {
        return first.length - 1;
    }

    /** Returns the number of tokens of all texts, special ones counted. */
    public int tokens() {
        return first[first.length - 1];
    }

    /** Returns the number of tokens of a text, special ones counted. */
    public int length(int example) {
        return first[example + 1] - first[example];
    }

    /** Returns a text with its tokens. */
    TextRecord text(int example) {
        return texts.get(example);
    }

    /**
     * Returns which tokens become rows.
     *
     * @throws io.arrakis.api.problem.ArrakisException as {@link RowIndex#of} does
     */
    public RowIndex rows(Rows selection) {
        return rows(selection, Positions.all());
    }

    /**
     * Returns which tokens become rows, of some positions alone.
     *
     * @throws io.arrakis.api.problem.ArrakisException as {@link RowIndex#of} does
     */
    public RowIndex rows(Rows selection, Positions positions) {
        return indices.computeIfAbsent(
                new Selection(selection, positions), it -> RowIndex.of(this, it.rows(), it.positions()));
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
