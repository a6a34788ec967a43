package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;

/** How nearest neighbours are searched for. */
public enum SearchMethod {
    /** Every pair, up to {@link #MOST_PAIRS} pairs. */
    @Description("exact up to 10^13 pairs of an occurrence and a word of the corpus, a graph beyond")
    AUTO,
    /** Every pair. */
    @Description("every pair is compared")
    EXACT,
    /** A walk through a graph. */
    @Description("a graph over the corpus is walked; its recall against exact search is measured and reported")
    GRAPH;

    /** Some hours of exact search on two cores, where vectors have a few hundred dimensions. */
    private static final double MOST_PAIRS = 1e13;

    /** Returns whether so many queries are searched for in so many rows by a graph. */
    boolean usesGraph(long queries, long rows) {
        return switch (this) {
            case AUTO -> (double) queries * rows > MOST_PAIRS;
            case EXACT -> false;
            case GRAPH -> true;
        };
    }
}
