package io.arrakis.tools.prober;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;

/**
 * Draws equally many occurrences of every word, so that no score depends on how often a word occurs.
 *
 * <p>What is drawn for a word depends on the seed and on the word, not on the other words.
 *
 * @param size  occurrences in a draw
 * @param draws number of draws
 * @param most  occurrences that are looked at at all; where a word has more, they are drawn first
 */
record Rarefaction(int size, int draws, int most) {

    /** Reports draws that are larger than what is looked at. */
    void check(Problems problems) {
        if (most < size) {
            problems.at("max_occurrences")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "max_occurrences " + most + " is below min_occurrences " + size,
                            "look at as many as a draw takes, or more");
        }
    }

    /** Returns the occurrences that are looked at, in rising order. */
    int[] pool(OperationContext context, String word, int[] rows) {
        if (rows.length <= most) {
            return rows;
        }
        int[] chosen = context.random("rarefaction", "pool", word).sample(rows.length, most);
        return Arrays.stream(chosen).map(i -> rows[i]).sorted().toArray();
    }

    /** Returns the draws, each as places in the pool in rising order. */
    int[][] draws(OperationContext context, String word, int poolSize) {
        SeededRandom random = context.random("rarefaction", "draws", word);
        int[][] chosen = new int[draws][];
        for (int draw = 0; draw < draws; draw++) {
            chosen[draw] = random.sample(poolSize, size);
            Arrays.sort(chosen[draw]);
        }
        return chosen;
    }
}
