package io.arrakis.tools.kg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Finds the ordered pairs of different tokens whose similarity reaches a threshold, block by block and never as a full matrix.
 *
 * @param linearAlgebra the kernels
 * @param mostPerToken  at most so many pairs are kept for each query token, the most similar ones
 */
record PairSearch(LinearAlgebra linearAlgebra, int mostPerToken) implements PairFinder {

    /** A pair of tokens, by their indices. */
    record Pair(int query, int key, double similarity) {}

    /**
     * What was found.
     *
     * @param pairs kept pairs, by query token, the most similar first
     * @param count number of all pairs that reach the threshold
     */
    record Found(List<Pair> pairs, long count) {}

    @Override
    public long tried(int tokens) {
        return (long) tokens * (tokens - 1);
    }

    @Override
    public Found above(PairSpace space, double threshold) {
        LongAdder count = new LongAdder();
        int kept = Math.min(mostPerToken, space.keys().rows() - 1);
        Search search = Search.nearest(kept, Exclusion.SELF)
                .handingOver((float) threshold, (query, rows, similarities, n) -> count.add(n));
        Neighbours nearest = linearAlgebra.nearest(space.queries(), space.keys(), search);
        return new Found(pairs(nearest, (float) threshold), count.sum());
    }

    private static List<Pair> pairs(Neighbours nearest, float threshold) {
        List<Pair> pairs = new ArrayList<>();
        for (int query = 0; query < nearest.queries(); query++) {
            int count = nearest.count(query);
            for (int rank = 0; rank < count && nearest.similarity(query, rank) >= threshold; rank++) {
                pairs.add(new Pair(query, nearest.row(query, rank), nearest.similarity(query, rank)));
            }
        }
        return pairs;
    }
}
