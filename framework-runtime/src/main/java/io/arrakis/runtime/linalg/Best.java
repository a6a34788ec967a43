package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbours;
import java.util.Arrays;

/**
 * The best few entries of each of many rows, kept while entries come in any order.
 *
 * <p>An entry is better when its similarity is larger, or equal with a smaller column. What is kept does not depend on the order
 * of arrival. Entries of a row wait in a buffer of about twice its size; a full buffer is cut to its best half, so that an entry
 * costs a constant number of steps on average. Rows are independent: two threads may add to two different rows.
 */
final class Best {

    private static final int ROWS_OF_TASK = 256;

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

    /** Returns for each row the similarity below which an entry cannot be kept; they rise as entries are added. */
    float[] floors() {
        return floors;
    }

    /** Adds an entry where it can be kept. */
    void offer(int row, int column, float similarity) {
        if (similarity >= floors[row]) {
            add(row, column, similarity);
        }
    }

    /** Adds an entry that is not below the floor of its row. */
    void add(int row, int column, float similarity) {
        long[] own = entries[row];
        if (own == null) {
            own = new long[capacity];
            entries[row] = own;
        }
        own[counts[row]++] = SortableFloats.pack(-similarity, column); // the smallest is the best
        if (counts[row] == capacity) {
            LongSelection.smallestFirst(own, capacity, k);
            counts[row] = k;
            floors[row] = -SortableFloats.value(own[k - 1]);
        }
    }

    /** Returns what was kept, best first, in at least k places a row; the keeper is empty afterwards. */
    Neighbours toNeighbours(int places, Workers workers) {
        NeighbourRows found = new NeighbourRows(entries.length, places);
        workers.run((entries.length + ROWS_OF_TASK - 1) / ROWS_OF_TASK, task -> {
            int first = task * ROWS_OF_TASK;
            for (int row = first; row < Math.min(first + ROWS_OF_TASK, entries.length); row++) {
                if (entries[row] != null) {
                    Arrays.sort(entries[row], 0, counts[row]);
                    found.write(row, entries[row], Math.min(k, counts[row]));
                    entries[row] = null;
                }
            }
        });
        return found.toNeighbours();
    }
}
