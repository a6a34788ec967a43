package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;

/** Takes the pairs of a search that reach its threshold. */
@Stable
@FunctionalInterface
public interface PairConsumer {

    /**
     * Takes some pairs of one query.
     *
     * <p>Called from several threads, in no fixed order and any number of times for a query, each pair once. The arrays are used
     * again after the call.
     *
     * @param query        the query row
     * @param rows         base rows
     * @param similarities their similarities, NaN never
     * @param count        how many of both count
     */
    void accept(int query, int[] rows, float[] similarities, int count);
}
