package io.arrakis.runtime.plan;

import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How texts are put into batches. Depends on the model's shape and on the texts alone, never on the machine: the last bits of
 * the numbers depend on it.
 *
 * @param tokensPerBatch largest number of positions of a batch, padding counted; a longer text is a batch of its own
 */
public record BatchLayout(int tokensPerBatch) {

    /** Changes whenever the same texts would be put together in another way. */
    public static final int VERSION = 1;

    private static final int MOST_TOKENS = 4096;
    private static final int FEWEST_TOKENS = 256;
    /** Numbers of the widest tensor of a block; 64 MiB of float32. */
    private static final int NUMBERS = 1 << 24;

    /** Checks that there is room. */
    public BatchLayout {
        if (tokensPerBatch < 1) {
            throw new IllegalArgumentException(tokensPerBatch + " tokens in a batch");
        }
    }

    /** Returns the layout for a model: a power of two, so that its widest tensor stays below 64 MiB. */
    public static BatchLayout of(Dimensions dims) {
        int widest = Math.max(Math.max(dims.dModel(), dims.dMlp()), dims.nHeads() * dims.dHead());
        int fitting = Integer.highestOneBit(Math.max(1, NUMBERS / widest));
        return new BatchLayout(Math.min(MOST_TOKENS, Math.max(FEWEST_TOKENS, fitting)));
    }

    /** Returns a layout with smaller batches. */
    public BatchLayout dividedBy(int divisor) {
        return divisor == 1 ? this : new BatchLayout(Math.max(1, tokensPerBatch / divisor));
    }

    /** Returns the texts of each batch: longest first, equally long ones in their order; texts without tokens are left out. */
    public List<int[]> batches(TokenTable table) {
        int[] order = longestFirst(table);
        List<int[]> batches = new ArrayList<>();
        int next = 0;
        while (next < order.length) {
            int rows = Math.max(1, tokensPerBatch / table.length(order[next]));
            int end = Math.min(order.length, next + rows);
            batches.add(Arrays.copyOfRange(order, next, end));
            next = end;
        }
        return batches;
    }

    private static int[] longestFirst(TokenTable table) {
        long[] keys = IntStream.range(0, table.examples())
                .filter(example -> table.length(example) > 0)
                .mapToLong(example -> ((long) -table.length(example) << Integer.SIZE) + example)
                .sorted()
                .toArray();
        return LongStream.of(keys).mapToInt(key -> (int) key).toArray();
    }

    /** Returns the texts of a batch, filled up on the right. */
    static TokenBatch batch(TokenTable table, int[] examples, int fillId) {
        int columns = IntStream.of(examples).map(table::length).max().orElseThrow();
        int[][] ids = new int[examples.length][columns];
        boolean[][] real = new boolean[examples.length][columns];
        for (int row = 0; row < examples.length; row++) {
            int[] own = table.text(examples[row]).ids();
            System.arraycopy(own, 0, ids[row], 0, own.length);
            Arrays.fill(ids[row], own.length, columns, fillId);
            Arrays.fill(real[row], 0, own.length, true);
        }
        return TokenBatch.of(ids, real);
    }
}
