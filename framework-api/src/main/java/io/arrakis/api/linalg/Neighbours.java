package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;

/**
 * The nearest rows of each query, nearest first.
 *
 * <p>Holds flat arrays of queries x k entries; where fewer than k rows were allowed, the rest of a query's entries has row -1
 * and similarity NaN. The arrays are not copied and must not be changed.
 */
@Stable
public final class Neighbours {

    private final int k;
    private final int[] rows;
    private final float[] similarities;

    /** Wraps flat arrays of queries x k entries. */
    public Neighbours(int k, int[] rows, float[] similarities) {
        if (k < 1 || rows.length != similarities.length || rows.length % k != 0) {
            throw new IllegalArgumentException(
                    "k " + k + ", " + rows.length + " rows and " + similarities.length + " similarities do not fit");
        }
        this.k = k;
        this.rows = rows;
        this.similarities = similarities;
    }

    /** Returns the number of neighbours of each query. */
    public int k() {
        return k;
    }

    /** Returns the number of queries. */
    public int queries() {
        return rows.length / k;
    }

    /** Returns the base row of a neighbour, or -1 where there are fewer. */
    public int row(int query, int rank) {
        return rows[query * k + rank];
    }

    /** Returns the similarity of a neighbour, or NaN where there are fewer. */
    public float similarity(int query, int rank) {
        return similarities[query * k + rank];
    }

    /** Returns the number of neighbours that a query has, at most k. */
    public int count(int query) {
        int count = k;
        while (count > 0 && rows[query * k + count - 1] < 0) {
            count--;
        }
        return count;
    }
}
