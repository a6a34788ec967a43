package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/** Which results count as at least as extreme as the observed one. */
@Stable
public enum Alternative {
    /** Results at least as large. */
    GREATER,
    /** Results at least as small. */
    LESS,
    /** Both; where the null distribution is not symmetric, twice the smaller one-sided p, at most 1. */
    TWO_SIDED
}
