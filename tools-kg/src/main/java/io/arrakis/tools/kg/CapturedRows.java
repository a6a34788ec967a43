package io.arrakis.tools.kg;

import io.arrakis.api.activation.Activations;

/** Vectors from a forward pass. */
record CapturedRows(Activations activations, TokenSource source, int[] rows) implements VectorStore {

    @Override
    public HeapMatrix stream(int block) {
        return HeapMatrix.captured(activations, source.hook(block), rows);
    }
}
