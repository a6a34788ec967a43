package io.arrakis.api.hook;

import io.arrakis.api.stability.Stable;

/** Part of the forward pass that a hook point lies in, in the order in which a pass runs through them. */
@Stable
public enum Stage {
    /** Before the first block; one tensor a pass. */
    EMBEDDING,
    /** Inside a block; one tensor a block. */
    BLOCK,
    /** After the last block; one tensor a pass. */
    HEAD
}
