package io.arrakis.api.operation;

import io.arrakis.api.stability.Stable;

/** What an index of a layer counts. */
@Stable
public enum LayerKind {
    /** Residual layers, 0 to n_layers: 0 is what enters the first block, l is what leaves block l - 1. */
    RESIDUAL,
    /** Blocks, 0 to n_layers - 1. */
    BLOCK;

    /** Returns the largest index in a model of so many blocks. */
    public int last(int nLayers) {
        return this == RESIDUAL ? nLayers : nLayers - 1;
    }
}
