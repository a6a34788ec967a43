package io.arrakis.tools.kg;

/** Where the vectors of tokens come from. */
interface VectorStore {

    /** Copies what a block reads of each token, before any norm, {@code [token, d_model]}. */
    HeapMatrix stream(int block);
}
