package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {

    private static final int FIRST_BOUND = 5;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 128, 200, 1024})
    void aLaneHoldsTheLargestOfEvery64thNumber(int count) {
        Random random = new Random(count);
        float[] values = numbers(random, count + 3); // what lies behind the count does not count
        float[] bounds = numbers(random, count + FIRST_BOUND);
        IntStream.range(0, bounds.length)
                .filter(i -> i % 7 == 0)
                .forEach(i -> bounds[i] = Float.NEGATIVE_INFINITY); // of a row that has room
        Lanes lanes = new Lanes();

        for (int time = 0; time < 2; time++) { // the second deal forgets the first
            lanes.deal(values, count);
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                assertThat(lanes.largest(lane)).isEqualTo(largest(values, null, lane, count));
            }
            lanes.dealAbove(values, count, bounds, FIRST_BOUND);
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                assertThat(lanes.largest(lane)).isEqualTo(largest(values, bounds, lane, count));
            }
        }
    }

    private static float[] numbers(Random random, int count) {
        float[] result = new float[count];
        for (int i = 0; i < count; i++) {
            result[i] = (float) random.nextGaussian();
        }
        return result;
    }

    private static float largest(float[] values, float[] bounds, int lane, int count) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = lane; i < count; i += 64) {
            largest = Math.max(largest, bounds == null ? values[i] : values[i] - bounds[FIRST_BOUND + i]);
        }
        return largest;
    }
}
