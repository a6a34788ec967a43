package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.NativeCopy;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Queries and keys of some rows, made step by step as in the forward pass, with nothing folded.
 *
 * @param queries    {@code [row, head x d_head]}, normed and turned
 * @param keys       {@code [row, key head x d_head]}, normed and turned
 * @param querySizes by what each query was divided when it was normed, {@code [row, head]}
 * @param keySizes   the same for keys
 */
record QueriesAndKeys(HeapMatrix queries, HeapMatrix keys, HeapMatrix querySizes, HeapMatrix keySizes) {

    /**
     * Makes them, all queries at one position and all keys at another.
     *
     * @param normed what the block reads, without weight and bias of the norm, {@code [row, d_model]}
     */
    static QueriesAndKeys of(
            HeapMatrix normed, BlockAttention attention, Distance distance, LinearAlgebra linearAlgebra) {
        HeapMatrix weighted = attention.input().weighted(normed);
        HeapMatrix queries = project(weighted, attention.queries(), linearAlgebra);
        HeapMatrix keys = project(weighted, attention.keys(), linearAlgebra);
        int dHead = attention.dims().dHead();
        HeapMatrix querySizes = attention.queryNorms().apply(queries, dHead);
        HeapMatrix keySizes = attention.keyNorms().apply(keys, dHead);
        int position = distance.keyPosition();
        int length = distance.textLength();
        Turn.at(attention.layer(), position + distance.from(), length).apply(queries, dHead);
        Turn.at(attention.layer(), position, length).apply(keys, dHead);
        return new QueriesAndKeys(queries, keys, querySizes, keySizes);
    }

    private static HeapMatrix project(HeapMatrix rows, SideWeights weights, LinearAlgebra linearAlgebra) {
        int dHead = weights.dHead();
        HeapMatrix result = HeapMatrix.zeros(rows.rows(), weights.heads() * dHead);
        try (NativeCopy left = rows.toNative()) {
            for (int head = 0; head < weights.heads(); head++) {
                HeapMatrix part = product(left.array(), weights.head(head), linearAlgebra);
                for (int i = 0; i < rows.rows(); i++) {
                    for (int j = 0; j < dHead; j++) {
                        int column = head * dHead + j;
                        result.values()[i * result.columns() + column] = part.at(i, j) + weights.bias()[column];
                    }
                }
            }
        }
        return result;
    }

    private static HeapMatrix product(INDArray left, HeapMatrix right, LinearAlgebra linearAlgebra) {
        try (NativeCopy b = right.toNative();
                INDArray result = linearAlgebra.product(left, false, b.array(), false)) {
            return HeapMatrix.copyOf(result);
        }
    }

    /** Returns the product of a query and a key of one head, neither scaled nor capped. */
    double product(int query, int head, int key, int keyHead, int dHead) {
        double sum = 0;
        int q = query * queries.columns() + head * dHead;
        int k = key * keys.columns() + keyHead * dHead;
        for (int j = 0; j < dHead; j++) {
            sum += (double) queries.values()[q + j] * keys.values()[k + j];
        }
        return sum;
    }
}
