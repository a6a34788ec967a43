package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;

/** What the cells of a column are; any cell may be empty. */
@Stable
public enum ColumnType {
    /** {@link String}. */
    TEXT,
    /** {@link Long}. */
    INTEGER,
    /** {@link Double}; NaN stands for "not defined here". */
    NUMBER,
    /** {@link Boolean}. */
    FLAG
}
