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
}
