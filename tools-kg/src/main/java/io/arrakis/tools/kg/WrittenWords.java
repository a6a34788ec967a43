package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Which words a head writes for a word that it looks at: those whose first vectors, of length 1, have the largest inner products with
 * what is written.
 *
 * @see "Elhelo and Geva 2025, Inferring Functionality of Attention Heads from their Parameters"
 */
final class WrittenWords {

    static final int MOST = 10;

    private final HeapMatrix unit;
    private final int[] first;
    private final LinearAlgebra linearAlgebra;
    private final List<long[]> heads = new ArrayList<>();

    /**
     * Starts with no head.
     *
     * @param unit  the words' first vectors, of length 1
     * @param first the words for which it will be asked what is written
     */
    WrittenWords(HeapMatrix unit, int[] first, LinearAlgebra linearAlgebra) {
        this.unit = unit;
        this.first = first.clone();
        this.linearAlgebra = linearAlgebra;
    }

    /**
     * Adds the heads of a block.
     *
     * @param words what the block reads of each word, normed where the model norms first
     */
    void add(ValueOutput weights, HeapMatrix words) {
        HeapMatrix rows = Vectors.rows(words, first).withOnes();
        for (int head = 0; head < weights.dims().nHeads(); head++) {
            HeapMatrix reading = weights.reading(Side.KEY.headFor(head, weights.dims()));
            heads.add(nearest(
                    Coordinates.project(rows, transposed(reading), linearAlgebra),
                    Coordinates.project(unit, transposed(weights.writing(head)), linearAlgebra)));
        }
    }

    private static HeapMatrix transposed(HeapMatrix matrix) {
        return matrix.transposed(matrix.columns());
    }

    /** Returns whether the second word of a pair is among those most like the first by the plain cosine. */
    Predicate<WordPair> plain() {
        return among(nearest(Vectors.rows(unit, first), unit));
    }

    /** Returns the keys of the first words with what is written for them, in rising order. */
    private long[] nearest(HeapMatrix queries, HeapMatrix base) {
        Neighbours near =
                linearAlgebra.nearest(queries, base, Search.nearest(MOST, (query, row) -> first[query] == row));
        return IntStream.range(0, near.queries())
                .boxed()
                .flatMapToLong(query -> IntStream.range(0, near.count(query))
                        .mapToLong(rank -> PairSet.key(first[query], near.row(query, rank))))
                .sorted()
                .toArray();
    }

    int count() {
        return heads.size();
    }

    /** Returns whether a head writes the second word of a pair for the first. */
    Predicate<WordPair> head(int head) {
        return among(heads.get(head));
    }

    private static Predicate<WordPair> among(long[] keys) {
        return pair -> Arrays.binarySearch(keys, PairSet.key(pair.head(), pair.tail())) >= 0;
    }
}
