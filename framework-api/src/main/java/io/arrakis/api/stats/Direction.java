package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/** Which class has the larger scores. */
@Stable
public enum Direction {
    /** A true unit tends to have a larger score than a false one: AUROC above one half. */
    HIGHER_FOR_TRUE,
    /** A true unit tends to have a smaller score: AUROC below one half. */
    LOWER_FOR_TRUE,
    /** Neither: AUROC exactly one half. */
    NONE
}
