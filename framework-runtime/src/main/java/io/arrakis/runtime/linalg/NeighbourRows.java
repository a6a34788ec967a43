package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbours;
import java.util.Arrays;

/** Neighbours as they are found; two threads may write two different rows. */
final class NeighbourRows {

    private final int places;
    private final int[] rows;
    private final float[] similarities;

    /** Makes room for so many neighbours of each of some rows; places that are not written stay empty. */
    NeighbourRows(int queries, int places) {
        this.places = places;
        this.rows = new int[Math.multiplyExact(queries, places)];
        this.similarities = new float[rows.length];
        Arrays.fill(rows, -1);
        Arrays.fill(similarities, Float.NaN);
    }

    /**
     * Writes the neighbours of a row.
     *
     * @param found negated similarities and rows by {@link SortableFloats#pack}, sorted
     * @param count how many of these count
     */
    void write(int query, long[] found, int count) {
        for (int rank = 0; rank < count; rank++) {
            rows[query * places + rank] = SortableFloats.index(found[rank]);
            similarities[query * places + rank] = 0f - SortableFloats.value(found[rank]);
        }
    }

    Neighbours toNeighbours() {
        return new Neighbours(places, rows, similarities);
    }
}
