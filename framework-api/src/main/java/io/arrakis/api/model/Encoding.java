package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.List;

/** The tokens of one text, or of two as one input. Immutable. */
@Stable
public final class Encoding {
    /**
     * The part of a text that a token stands for, in Java's char indices of the text that it comes from.
     *
     * @param start first char
     * @param end   after the last char; equal to {@code start} for a token that stands for no text
     */
    public record Span(int start, int end) {}

    private final int[] ids;
    private final List<String> tokens;
    private final List<Span> spans;
    private final boolean[] special;
    private final int[] typeIds;

    /**
     * Checks that all have the same length, and copies them.
     *
     * @param ids     token ids
     * @param tokens  tokens as they stand in the vocabulary
     * @param spans   what part of the text each stands for
     * @param special whether each was added around the text
     * @param typeIds token types: 0, and 1 for the second of two texts where the model tells them apart
     */
    public Encoding(int[] ids, List<String> tokens, List<Span> spans, boolean[] special, int[] typeIds) {
        int n = ids.length;
        if (tokens.size() != n || spans.size() != n || special.length != n || typeIds.length != n) {
            throw new IllegalArgumentException(
                    "parts of an encoding differ in length: " + n + " ids, " + tokens.size() + " tokens, "
                            + spans.size() + " spans, " + special.length + " marks, " + typeIds.length + " types");
        }
        this.ids = ids.clone();
        this.tokens = List.copyOf(tokens);
        this.spans = List.copyOf(spans);
        this.special = special.clone();
        this.typeIds = typeIds.clone();
    }

    /** How many tokens there are. */
    public int size() {
        return ids.length;
    }

    /** The token ids; a copy. */
    public int[] ids() {
        return ids.clone();
    }

    /** The id at a position. */
    public int id(int position) {
        return ids[position];
    }

    /** The tokens, as they stand in the vocabulary. */
    public List<String> tokens() {
        return tokens;
    }

    /** What part of the text each token stands for. */
    public List<Span> spans() {
        return spans;
    }

    /** Whether the token at a position was added around the text. */
    public boolean special(int position) {
        return special[position];
    }

    /** The token type at a position. */
    public int typeId(int position) {
        return typeIds[position];
    }
}
