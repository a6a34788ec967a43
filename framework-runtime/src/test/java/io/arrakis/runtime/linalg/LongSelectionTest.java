package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LongSelectionTest {

    @Test
    void agreesWithSorting() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            int count = 1 + random.nextInt(150);
            agree(random.longs(count).toArray(), 1 + random.nextInt(count));
        }
    }

    @Test
    void takesSortedAndReversedNumbers() {
        for (int smallest = 1; smallest <= 100; smallest++) {
            agree(LongStream.range(0, 100).toArray(), smallest);
            agree(LongStream.range(0, 100).map(i -> -i).toArray(), smallest);
        }
    }

    private static void agree(long[] values, int smallest) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        LongSelection.smallestFirst(values, values.length, smallest);
        assertThat(values[smallest - 1]).isEqualTo(sorted[smallest - 1]);
        assertThat(Arrays.copyOf(values, smallest)).containsExactlyInAnyOrder(Arrays.copyOf(sorted, smallest));
    }
}
