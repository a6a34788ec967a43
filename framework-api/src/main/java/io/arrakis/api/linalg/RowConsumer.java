package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;

/** Takes a product by blocks of rows. */
@Stable
@FunctionalInterface
public interface RowConsumer {

    /**
     * Takes some rows.
     *
     * <p>Called from several threads, in no fixed order, each row once. The array is used again after the call.
     *
     * @param first  the first row
     * @param count  the number of rows
     * @param values {@code count x columns} values, row after row, from the start of a longer array
     */
    void accept(int first, int count, float[] values);
}
