package io.arrakis.tools.lens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The likeliest tokens, held against sorting all of them. */
class DistributionTest {

    private static final int TOKENS = 500;

    /** Two rows of scores of few values, so that there are ties. */
    private static Matrix scores() {
        Random random = new Random(7);
        float[] values = new float[2 * TOKENS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(60) - 30;
        }
        return new Matrix(2, TOKENS, values);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, TOKENS - 1, TOKENS, TOKENS + 1})
    void selectsWhatSortingPutsFirst(int count) {
        Matrix scores = scores();
        int[] sorted = IntStream.range(0, TOKENS)
                .boxed()
                .sorted((a, b) -> Float.compare(scores.at(1, b), scores.at(1, a)))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(new Distribution(scores, 1).top(count)).containsExactly(sorted);
    }

    @Test
    void agreesWithTheLikeliestToken() {
        Distribution distribution = new Distribution(scores(), 0);
        assertThat(distribution.top(5)).startsWith(distribution.top());
    }
}
