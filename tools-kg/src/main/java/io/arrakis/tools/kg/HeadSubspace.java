package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import java.util.Arrays;

/**
 * What one head compares, factored: {@code x_i A B^T x_j = sum_k s_k (x_i u_k)(x_j v_k)}.
 *
 * @param block  0..n_layers-1
 * @param head   query head
 * @param query  {@code u} as rows, {@code [component, width]}
 * @param key    {@code v} as rows, {@code [component, width]}
 * @param values all singular values, also those of components that are not kept
 * @param chance shares of squared singular values of Gaussian factors with the same column norms
 */
record HeadSubspace(int block, int head, HeapMatrix query, HeapMatrix key, double[] values, double[] chance) {

    static HeadSubspace of(int block, int head, LinearAlgebra.Svd svd, int topK, double[] chance) {
        HeapMatrix query = HeapMatrix.copyOf(svd.u()).transposed(topK);
        HeapMatrix key = HeapMatrix.copyOf(svd.v()).transposed(topK);
        return new HeadSubspace(block, head, query, key, svd.s(), chance);
    }

    /** Returns the share of the squared singular values that the first components have, 0 to 1. */
    double explained(int components) {
        return sum(Spectrum.shares(values), components);
    }

    /** Returns what {@link #explained} is for Gaussian factors with the same column norms. */
    double explainedByChance(int components) {
        return sum(chance, components);
    }

    private static double sum(double[] shares, int components) {
        return Math.min(1, Arrays.stream(shares, 0, components).sum());
    }
}
