package io.arrakis.api.hook;

import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which token positions of a row are meant, counted over its real tokens, so that padding changes nothing. In attention
 * scores and patterns these are query positions.
 */
@Stable
public sealed interface Positions {
    /** Every position. */
    record All() implements Positions {}

    /** The last real token of each row. */
    record Last() implements Positions {}

    /**
     * The listed positions.
     *
     * @param indices 0 is a row's first real token; a row that is shorter has fewer of them
     */
    record At(List<Integer> indices) implements Positions {
        /** Checks the list. */
        public At {
            indices = List.copyOf(indices);
            if (indices.isEmpty() || indices.stream().anyMatch(i -> i < 0)) {
                throw new IllegalArgumentException("positions must be 0 or more, and at least one: " + indices);
            }
        }
    }

    /**
     * A run of positions.
     *
     * @param start the first of them, 0 being a row's first real token
     * @param end   the first that is no longer one of them, larger than {@code start}; a row that is shorter has fewer of them
     */
    record Span(int start, int end) implements Positions {
        /** Checks that there is one. */
        public Span {
            if (start < 0 || end <= start) {
                throw new IllegalArgumentException("no position lies from " + start + " to before " + end);
            }
        }
    }

    /** Every position. */
    static Positions all() {
        return new All();
    }

    /** The last real token of each row. */
    static Positions last() {
        return new Last();
    }

    /** The listed positions, 0 being a row's first real token. */
    static Positions at(int... indices) {
        return new At(IntStream.of(indices).boxed().toList());
    }

    /** The first real token of each row. */
    static Positions first() {
        return span(0, 1);
    }

    /** The positions from the start to before the end, 0 being a row's first real token. */
    static Positions span(int start, int end) {
        return new Span(start, end);
    }

    /**
     * Whether a token is one of them.
     *
     * @param index  counted over the row's real tokens
     * @param length number of the row's real tokens
     */
    default boolean contains(int index, int length) {
        if (this instanceof At at) {
            return at.indices().contains(index);
        }
        if (this instanceof Span span) {
            return index >= span.start() && index < span.end();
        }
        return this instanceof All || index == length - 1;
    }

    /**
     * How many of a row's tokens are kept.
     *
     * @param columns positions of a row, padding included: so many where all are kept
     */
    default int count(int columns) {
        if (this instanceof At at) {
            return at.indices().size();
        }
        if (this instanceof Span span) {
            return span.end() - span.start();
        }
        return this instanceof All ? columns : 1;
    }
}
