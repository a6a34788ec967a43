package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPairsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 977})
    void numbersEachPairOnceByTheDistanceOfItsBlocks(int blocks) {
        Set<BlockPairs.Pair> seen = new HashSet<>();
        int distance = 0;
        for (int number = 0; number < BlockPairs.count(blocks); number++) {
            BlockPairs.Pair pair = BlockPairs.byDiagonals(number, blocks);
            assertThat(pair.first()).isBetween(0, pair.second());
            assertThat(pair.second()).isLessThan(blocks);
            assertThat(pair.second() - pair.first()).isBetween(distance, distance + 1);
            distance = pair.second() - pair.first();
            seen.add(pair);
        }
        assertThat(seen).hasSize((int) BlockPairs.count(blocks));
    }
}
