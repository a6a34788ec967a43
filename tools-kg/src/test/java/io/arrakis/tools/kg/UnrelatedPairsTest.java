package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Halves;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which word stands in the place of the second one where unrelated pairs are made: words in a plane, by their angles. */
class UnrelatedPairsTest {

    private static final int HEAD = 0;
    private static final int TAIL = 1;
    private static final int RELATED_TOO = 2;
    private static final int MOST_LIKE_THE_TAIL = 3;
    private static final int MIRROR_OF_THE_TAIL = 4;
    private static final int OF_THE_OTHER_HALF = 5;
    private static final int OF_ANOTHER_PART_OF_SPEECH = 6;
    private static final double[] DEGREES = {0, 60, 62, 50, -60.5, 59, 61};

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(1);
    private final WordPair pair = new WordPair(HEAD, TAIL, 0, "hypernym noun noun", Half.SELECTION);
    private final PairSet pairs = new PairSet(
            List.of("hypernym"),
            List.of(pair),
            Set.of(PairSet.key(HEAD, TAIL), PairSet.key(TAIL, HEAD), PairSet.key(HEAD, RELATED_TOO)),
            LeftOutPairs.NONE);

    @Test
    void theWordMostLikeTheSecondIsTaken() {
        assertThat(new AlikePairs(pairs, words(), unit(), linearAlgebra).of(List.of(pair), 1))
                .containsExactly(pair.withTail(MOST_LIKE_THE_TAIL));
        assertThat(new AlikePairs(pairs, words(), unit(), linearAlgebra).of(List.of(pair), 4))
                .containsExactly(pair.withTail(MOST_LIKE_THE_TAIL), pair.withTail(MIRROR_OF_THE_TAIL));
    }

    @Test
    void theWordOfTheSameCosineWithTheFirstIsTaken() {
        assertThat(new MatchedPairs(pairs, words(), unit(), linearAlgebra).of(List.of(pair), 1))
                .containsExactly(pair.withTail(MIRROR_OF_THE_TAIL));
    }

    private static HeapMatrix unit() {
        HeapMatrix unit = HeapMatrix.zeros(DEGREES.length, 2);
        for (int word = 0; word < DEGREES.length; word++) {
            unit.values()[2 * word] = (float) Math.cos(Math.toRadians(DEGREES[word]));
            unit.values()[2 * word + 1] = (float) Math.sin(Math.toRadians(DEGREES[word]));
        }
        return unit;
    }

    /** All nouns of one half but the last two. */
    private static WordVectors words() {
        List<String> own = named(Half.SELECTION).limit(DEGREES.length).toList();
        String other = named(Half.REPORT).findFirst().orElseThrow();
        Map<String, Integer> places = Map.of(
                own.get(0),
                HEAD,
                own.get(1),
                TAIL,
                own.get(2),
                RELATED_TOO,
                own.get(3),
                MOST_LIKE_THE_TAIL,
                own.get(4),
                MIRROR_OF_THE_TAIL,
                other,
                OF_THE_OTHER_HALF,
                own.get(5),
                OF_ANOTHER_PART_OF_SPEECH);
        Map<String, Set<String>> senses = Map.of(
                own.get(0),
                Set.of("noun"),
                own.get(1),
                Set.of("noun"),
                own.get(2),
                Set.of("noun"),
                own.get(3),
                Set.of("noun", "verb"),
                own.get(4),
                Set.of("noun"),
                other,
                Set.of("noun"),
                own.get(5),
                Set.of("verb"));
        return new WordVectors(null, places, new int[DEGREES.length], senses);
    }

    private static Stream<String> named(Half half) {
        return IntStream.range(0, 100).mapToObj(i -> "word" + i).filter(word -> Halves.of(word) == half);
    }
}
