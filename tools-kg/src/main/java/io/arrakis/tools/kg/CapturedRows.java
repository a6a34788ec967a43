package io.arrakis.tools.kg;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;

/** Vectors from a forward pass. */
record CapturedRows(Activations activations, TokenSource source, int[] rows) implements VectorStore {

    @Override
    public HeapMatrix stream(int block) {
        HookName hook = source.hook(block);
        return new HeapMatrix(rows.length, activations.width(hook), activations.gather(hook, rows));
    }
}
