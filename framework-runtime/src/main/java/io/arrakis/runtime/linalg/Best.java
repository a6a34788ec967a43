package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbours;
import java.util.Arrays;

/**
 * The best few entries of each of many rows, kept while entries come in any order.
 *
 * <p>An entry is better when its similarity is larger, or equal with a smaller column. What is kept does not depend on the order
 * of arrival. Entries of a row wait in a buffer of twice its size; a full buffer is cut to its best half, so that an entry costs
 * a constant number of steps on average. Rows are independent: two threads may add to two different rows.
 */
final class Best {

    private final int k;
    private final int capacity;
    private final long[][] entries;
    private final int[] counts;
    private final float[] floors;

    /** Makes an empty keeper of the k best entries for each row. */
    Best(int rows, int k) {
        this.k = k;
        this.capacity = Math.max(2 * k, k + 16);
        this.entries = new long[rows][];
        this.counts = new int[rows];
        this.floors = new float[rows];
        Arrays.fill(floors, Float.NEGATIVE_INFINITY);
    }

    /** Returns the similarity below which an entry of a row cannot be kept. */
    float floor(int row) {
        return floors[row];
    }

    /** Adds an entry that is not below the floor of its row. */
    void add(int row, int column, float similarity) {
        long[] own = entries[row];
        if (own == null) {
            own = new long[capacity];
            entries[row] = own;
        }
        own[counts[row]++] = pack(column, similarity);
        if (counts[row] == capacity) {
            cut(row);
        }
    }

    private void cut(int row) {
        long[] own = entries[row];
        Arrays.sort(own, 0, counts[row]);
        counts[row] = k;
        floors[row] = similarity(own[k - 1]);
    }

    /** Returns what was kept, best first, in at least k places a row. */
    Neighbours toNeighbours(int places) {
        int[] rows = new int[Math.multiplyExact(entries.length, places)];
        float[] similarities = new float[rows.length];
        Arrays.fill(rows, -1);
        Arrays.fill(similarities, Float.NaN);
        for (int row = 0; row < entries.length; row++) {
            if (entries[row] != null) {
                Arrays.sort(entries[row], 0, counts[row]);
            }
            for (int rank = 0; rank < Math.min(k, counts[row]); rank++) {
                rows[row * places + rank] = (int) entries[row][rank];
                similarities[row * places + rank] = similarity(entries[row][rank]);
            }
        }
        return new Neighbours(places, rows, similarities);
    }

    /** Packs an entry so that the natural order of numbers puts the better entry first. */
    private static long pack(int column, float similarity) {
        int bits = Float.floatToRawIntBits(similarity + 0f); // -0 becomes 0
        int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) ~ascending << 32) | column;
    }

    private static float similarity(long entry) {
        int ascending = ~(int) (entry >> 32);
        return Float.intBitsToFloat(ascending ^ ((ascending >> 31) & Integer.MAX_VALUE));
    }
}
