package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.Search;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Unrelated pairs whose second word is as like the related one as can be: in its place stands the word nearest to it by the plain
 * cosine, of the same half and part of speech, that is not related to the first.
 *
 * @param pairs         all related pairs
 * @param words         the words
 * @param unit          vectors of the words, of length 1
 * @param linearAlgebra the kernels
 */
record AlikePairs(PairSet pairs, WordVectors words, HeapMatrix unit, LinearAlgebra linearAlgebra) {

    private static final int CANDIDATES = 50;

    /**
     * Finds them.
     *
     * @param count unrelated pairs for each related one, at most
     */
    List<WordPair> of(List<WordPair> related, int count) {
        Map<WordPair, List<WordPair>> partners = new HashMap<>();
        PairSet.byStratum(related).values().forEach(group -> {
            int[] tails = words.like(group.get(0));
            Neighbours near = nearest(group, tails);
            for (int i = 0; i < group.size(); i++) {
                partners.put(group.get(i), unrelated(group.get(i), i, near, tails, count));
            }
        });
        return related.stream().flatMap(pair -> partners.get(pair).stream()).toList();
    }

    private List<WordPair> unrelated(WordPair pair, int query, Neighbours near, int[] tails, int count) {
        return IntStream.range(0, near.count(query))
                .map(rank -> tails[near.row(query, rank)])
                .filter(other -> pairs.unrelated(pair, other))
                .limit(count)
                .mapToObj(pair::withTail)
                .toList();
    }

    private Neighbours nearest(List<WordPair> group, int[] candidates) {
        int[] wanted = group.stream().mapToInt(WordPair::tail).toArray();
        return linearAlgebra.nearest(
                Vectors.rows(unit, wanted),
                Vectors.rows(unit, candidates),
                Search.nearest(Math.min(CANDIDATES, candidates.length), (query, row) -> false));
    }
}
