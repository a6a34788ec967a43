package io.arrakis.tools.prober;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;

/**
 * Draws equally many occurrences of every word, so that no score depends on how often a word occurs.
 *
 * <p>The draws of a word depend on the seed and on the word, not on the other words.
 */
final class Rarefaction {

    private final OperationContext context;
    private final int size;
    private final int draws;

    Rarefaction(OperationContext context, int size, int draws) {
        this.context = context;
        this.size = size;
        this.draws = draws;
    }

    /** Returns so many draws, each of rows in ascending order. */
    int[][] of(String word, int[] rows) {
        SeededRandom random = context.random("rarefaction", word);
        int[][] chosen = new int[draws][];
        for (int draw = 0; draw < draws; draw++) {
            chosen[draw] = Arrays.stream(random.sample(rows.length, size))
                    .map(i -> rows[i])
                    .sorted()
                    .toArray();
        }
        return chosen;
    }
}
