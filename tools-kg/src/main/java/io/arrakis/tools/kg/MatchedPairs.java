package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.NativeCopy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Unrelated pairs that the plain cosine cannot tell from the related ones: in the place of the second word stands the word whose
 * cosine with the first is nearest to that of the pair, of the same half and part of speech, that is not related to the first.
 *
 * @param pairs         all related pairs
 * @param words         the words
 * @param unit          vectors of the words, of length 1
 * @param linearAlgebra the kernels
 */
record MatchedPairs(PairSet pairs, WordVectors words, HeapMatrix unit, LinearAlgebra linearAlgebra) {

    /**
     * Finds them.
     *
     * @param count unrelated pairs for each related one, at most
     */
    List<WordPair> of(List<WordPair> related, int count) {
        List<WordPair> matched = new ArrayList<>();
        PairSet.byStratum(related).values().forEach(group -> matched.addAll(matched(group, count)));
        return matched;
    }

    private List<WordPair> matched(List<WordPair> group, int count) {
        int[] candidates = words.like(group.get(0));
        HeapMatrix cosines = cosines(group, candidates);
        List<WordPair> matched = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            int row = i;
            WordPair pair = group.get(i);
            double own = Vectors.dot(unit, pair.head(), unit, pair.tail());
            IntStream.range(0, candidates.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(c -> Math.abs(cosines.at(row, c) - own)))
                    .map(c -> candidates[c])
                    .filter(other -> pairs.unrelated(pair, other))
                    .limit(count)
                    .forEach(other -> matched.add(pair.withTail(other)));
        }
        return matched;
    }

    private HeapMatrix cosines(List<WordPair> group, int[] candidates) {
        int[] heads = group.stream().mapToInt(WordPair::head).toArray();
        try (NativeCopy left = Vectors.rows(unit, heads).toNative();
                NativeCopy right = Vectors.rows(unit, candidates).toNative();
                INDArray product = linearAlgebra.product(left.array(), false, right.array(), true)) {
            return HeapMatrix.copyOf(product);
        }
    }
}
