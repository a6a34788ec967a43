package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.MatrixRows;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.Search;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

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

    List<WordPair> of(List<WordPair> related) {
        Map<WordPair, WordPair> partner = new HashMap<>();
        PairSet.byStratum(related).values().forEach(group -> {
            int[] tails = words.like(group.get(0));
            Neighbours near = nearest(group, tails);
            for (int i = 0; i < group.size(); i++) {
                WordPair pair = group.get(i);
                for (int rank = 0; rank < near.count(i); rank++) {
                    int other = tails[near.row(i, rank)];
                    if (pairs.unrelated(pair, other)) {
                        partner.put(pair, pair.withTail(other));
                        break;
                    }
                }
            }
        });
        return related.stream().filter(partner::containsKey).map(partner::get).toList();
    }

    private Neighbours nearest(List<WordPair> group, int[] candidates) {
        int[] wanted = group.stream().mapToInt(WordPair::tail).toArray();
        try (INDArray queries = Vectors.rows(unit, wanted).toArray();
                INDArray base = Vectors.rows(unit, candidates).toArray()) {
            return linearAlgebra.nearest(
                    new MatrixRows(queries),
                    new MatrixRows(base),
                    Search.nearest(Math.min(CANDIDATES, candidates.length), (query, row) -> false));
        }
    }
}
