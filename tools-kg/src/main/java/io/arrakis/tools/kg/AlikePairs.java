package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.MatrixRows;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.Search;
import io.arrakis.api.stats.Halves;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Unrelated pairs that the plain cosine takes for as alike as the related ones: in the place of the second word stands the word
 * nearest to it, of the same half and part of speech, that is not related to the first.
 *
 * @param pairs         all related pairs
 * @param words         the words
 * @param unit          vectors of the words, of length 1
 * @param linearAlgebra the kernels
 */
record AlikePairs(PairSet pairs, WordVectors words, HeapMatrix unit, LinearAlgebra linearAlgebra) {

    private static final int CANDIDATES = 50;

    List<WordPair> of(List<WordPair> related) {
        Map<String, List<WordPair>> groups = new HashMap<>();
        related.forEach(pair ->
                groups.computeIfAbsent(pair.stratum(), s -> new ArrayList<>()).add(pair));
        Map<WordPair, WordPair> partner = new HashMap<>();
        Set<Long> truth = pairs.truth();
        groups.forEach((stratum, group) -> {
            int[] tails = candidates(group.get(0));
            Neighbours near = nearest(group, tails);
            for (int i = 0; i < group.size(); i++) {
                WordPair pair = group.get(i);
                for (int rank = 0; rank < near.count(i); rank++) {
                    int other = tails[near.row(i, rank)];
                    boolean unrelated = other != pair.tail()
                            && other != pair.head()
                            && !truth.contains(PairSet.key(pair.head(), other));
                    if (unrelated) {
                        partner.put(pair, pair.withTail(other));
                        break;
                    }
                }
            }
        });
        return related.stream().filter(partner::containsKey).map(partner::get).toList();
    }

    /** All words of the half of a pair that have the part of speech of its second word. */
    private int[] candidates(WordPair like) {
        String partOfSpeech = like.stratum().substring(like.stratum().lastIndexOf(' ') + 1);
        return words.places().entrySet().stream()
                .filter(word -> Halves.of(word.getKey()) == like.half() && words.canBe(word.getKey(), partOfSpeech))
                .mapToInt(Map.Entry::getValue)
                .sorted()
                .toArray();
    }

    private Neighbours nearest(List<WordPair> group, int[] candidates) {
        int[] wanted = group.stream().mapToInt(WordPair::tail).toArray();
        try (INDArray queries = rows(wanted).toArray();
                INDArray base = rows(candidates).toArray()) {
            return linearAlgebra.nearest(
                    new MatrixRows(queries),
                    new MatrixRows(base),
                    Search.nearest(Math.min(CANDIDATES, candidates.length), (query, row) -> false));
        }
    }

    private HeapMatrix rows(int[] chosen) {
        float[] values = new float[chosen.length * unit.columns()];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(unit.values(), chosen[i] * unit.columns(), values, i * unit.columns(), unit.columns());
        }
        return new HeapMatrix(chosen.length, unit.columns(), values);
    }
}
