package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/** The two halves of the data: what is chosen is chosen on one, and reported on the other. */
@Stable
public enum Half {
    /** Layers, heads, neurons and definitions are chosen here. */
    SELECTION,
    /** Results are reported here, and nothing is chosen. */
    REPORT
}
