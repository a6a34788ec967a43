package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;

/**
 * A table of learned positions.
 *
 * @param rows   rows of the table
 * @param offset row of a text's first token: 0, in RoBERTa {@code pad + 1}
 */
@Stable
public record PositionTable(int rows, int offset) {
    /** Checks the range. */
    public PositionTable {
        if (offset < 0 || rows <= offset) {
            throw new IllegalArgumentException("no room for positions in a table of " + rows + " from " + offset);
        }
    }
}
