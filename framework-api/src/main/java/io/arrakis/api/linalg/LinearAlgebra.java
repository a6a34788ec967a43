package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Heavy kernels on matrices.
 *
 * <p>Matrices are of rank 2 and float32 unless said otherwise; arguments are not changed; results are owned by the caller and
 * closed by it. Safe for use by several threads.
 */
@Stable
public interface LinearAlgebra {

    /**
     * Multiplies two matrices into a column-major result.
     *
     * <p>Float32 or float64, both alike. Costs n x m x k multiply-adds.
     *
     * @param a          {@code [n, k]}, or {@code [k, n]} where {@code transposeA}
     * @param b          {@code [k, m]}, or {@code [m, k]} where {@code transposeB}
     * @return           {@code [n, m]}, column-major
     */
    INDArray product(INDArray a, boolean transposeA, INDArray b, boolean transposeB);

    /**
     * Finds for each query the {@code k} rows of the base with the largest inner product, exactly.
     *
     * <p>Cost: queries x base x d multiply-adds, half of that where {@code queries == base}; memory is bounded by blocks.
     * Equal similarities are ordered by the smaller base row.
     *
     * @param queries   {@code [q, d]}; unit rows make the similarity a cosine
     * @param base      {@code [n, d]}; the same object as {@code queries} for a search of rows among themselves
     * @param k         number of neighbours, at least 1
     * @param exclusion pairs that are never neighbours; a search of rows among themselves must exclude the row itself here if
     *                  it should be, see {@link Exclusion#SELF}
     */
    Neighbours nearest(INDArray queries, INDArray base, int k, Exclusion exclusion);

    /**
     * Factors a tall matrix into orthonormal columns and an upper triangle.
     *
     * @param a {@code [n, r]} with n >= r; float32 or float64
     * @return Q {@code [n, r]} with orthonormal columns, R {@code [r, r]} upper triangular, of the type of {@code a}
     */
    Qr thinQr(INDArray a);

    /**
     * Decomposes a small matrix into singular vectors and values; meant for at most a few hundred rows and columns.
     *
     * @param a {@code [n, m]}; float32 or float64
     * @return U {@code [n, r]}, S of length r = min(n, m), largest first, V {@code [m, r]}; computed in float64 and returned in
     *     the type of {@code a}; signs as LAPACK leaves them
     */
    Svd smallSvd(INDArray a);

    /** Q and R of {@link #thinQr}. */
    record Qr(INDArray q, INDArray r) {}

    /** U, S and V of {@link #smallSvd}: {@code a = u diag(s) v^T}. */
    record Svd(INDArray u, double[] s, INDArray v) {}
}
