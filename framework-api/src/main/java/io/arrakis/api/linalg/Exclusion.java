package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;

/**
 * Pairs of rows that are never neighbours. Must depend on its arguments alone and be symmetric in a search of rows among
 * themselves; it is asked only for pairs that would be neighbours otherwise, from several threads.
 */
@Stable
@FunctionalInterface
public interface Exclusion {

    /** Excludes nothing. */
    Exclusion NONE = (query, base) -> false;

    /** Excludes the row itself, in a search of rows among themselves. */
    Exclusion SELF = (query, base) -> query == base;

    /** Returns whether a base row may not be a neighbour of a query row. */
    boolean excludes(int query, int base);
}
