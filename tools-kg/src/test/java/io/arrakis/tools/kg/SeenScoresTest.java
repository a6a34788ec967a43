package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.LayerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums over the scores of seen keys against plain loops over pairs. */
class SeenScoresTest {

    private static final int COMPONENTS = 3;
    private static final double[] VALUES = {3, 2, 0.5};

    private static Sight sight(boolean causal, int window) {
        return new Sight(
                new AttentionSpec(causal, false, false, Optional.empty(), OptionalDouble.empty()),
                new LayerSpec(1, window > 0 ? OptionalInt.of(window) : OptionalInt.empty(), Optional.empty()));
    }

    private static HeapMatrix random(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HeapMatrix matrix = HeapMatrix.zeros(rows, COMPONENTS);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = (float) random.nextDouble() + 5;
        }
        return matrix;
    }

    private static double plain(HeapMatrix queries, HeapMatrix keys, int from, int to, Sight sight, int k, int l) {
        double sum = 0;
        for (int query = 0; query < to - from; query++) {
            int asking = query;
            int row = from + query;
            int[] seen = IntStream.range(0, to - from)
                    .filter(key -> sight.sees(asking, key))
                    .map(key -> from + key)
                    .toArray();
            double meanK = IntStream.of(seen)
                    .mapToDouble(key -> keys.at(key, k))
                    .average()
                    .orElseThrow();
            double meanL = IntStream.of(seen)
                    .mapToDouble(key -> keys.at(key, l))
                    .average()
                    .orElseThrow();
            for (int key : seen) {
                sum += VALUES[k]
                        * VALUES[l]
                        * queries.at(row, k)
                        * queries.at(row, l)
                        * (keys.at(key, k) - meanK)
                        * (keys.at(key, l) - meanL);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "true, 1", "true, 4", "false, 3", "true, 50"})
    void addsUpWhatIsSeenAndNothingElse(boolean causal, int window) {
        Sight sight = sight(causal, window);
        HeapMatrix queries = random(20, 1);
        HeapMatrix keys = random(20, 2);
        SeenScores scores = new SeenScores(VALUES);
        scores.add(queries, keys, 0, 9, sight);
        scores.add(queries, keys, 9, 20, sight);
        for (int k = 0; k < COMPONENTS; k++) {
            for (int l = 0; l < COMPONENTS; l++) {
                double wanted = plain(queries, keys, 0, 9, sight, k, l) + plain(queries, keys, 9, 20, sight, k, l);
                assertThat(scores.gram()[k][l]).isCloseTo(wanted, within(1e-9 * (1 + Math.abs(wanted))));
            }
        }
    }

    @Test
    void keysThatAreAllTheSameLeaveNothingToExplain() {
        HeapMatrix keys = HeapMatrix.zeros(7, COMPONENTS);
        Arrays.fill(keys.values(), 0.1f);
        SeenScores scores = new SeenScores(VALUES);
        scores.add(random(7, 1), keys, 0, 7, sight(true, 0));
        assertThat(ExplainingSets.explained(scores.gram(), List.of(0))).isNaN();
        assertThat(ExplainingSets.choose(scores.gram(), 0.7)).isEmpty();
    }
}
