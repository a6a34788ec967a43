package io.arrakis.api.hook;

import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.stream.IntStream;

/** Which indices of one axis are meant: all of them, or a list without repetition. */
@Stable
public sealed interface IndexSet {
    /** Every index. */
    record All() implements IndexSet {}

    /**
     * The listed indices.
     *
     * @param indices 0 or more each, none twice, at least one
     */
    record Of(List<Integer> indices) implements IndexSet {
        /** Checks the list. */
        public Of {
            indices = List.copyOf(indices);
            if (indices.isEmpty() || indices.stream().anyMatch(i -> i < 0)) {
                throw new IllegalArgumentException("indices must be 0 or more, and at least one: " + indices);
            }
            if (indices.stream().distinct().count() != indices.size()) {
                throw new IllegalArgumentException("an index is given twice: " + indices);
            }
        }
    }

    /** Every index. */
    static IndexSet all() {
        return new All();
    }

    /** The listed indices. */
    static IndexSet of(int... indices) {
        return new Of(IntStream.of(indices).boxed().toList());
    }
}
