package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Heavy kernels on matrices.
 *
 * <p>Matrices are of rank 2; float32 or float64 both alike unless said otherwise; of any layout, views and memory of others
 * included. Arguments are neither changed nor closed; results are owned by the caller and closed by it. The same numbers come
 * out for any number of threads. Safe for use by several threads. A shape or type that does not fit is an
 * {@link IllegalArgumentException}; NaN or infinite numbers, where a method says that it looks for them, are an
 * {@link io.arrakis.api.problem.ArrakisException} of code NOT-FINITE.
 */
@Stable
public interface LinearAlgebra {

    /**
     * Multiplies two matrices into a column-major result.
     *
     * <p>Costs n x m x k multiply-adds. NaN and infinite numbers go through as in plain arithmetic.
     *
     * @param a          {@code [n, k]}, or {@code [k, n]} where {@code transposeA}
     * @param b          {@code [k, m]}, or {@code [m, k]} where {@code transposeB}; of the type of {@code a}
     * @return           {@code [n, m]}, column-major
     */
    INDArray product(INDArray a, boolean transposeA, INDArray b, boolean transposeB);

    /**
     * Multiplies two float32 matrices and hands the result over by blocks of rows, never holding all of it.
     *
     * <p>Costs n x m x k multiply-adds, and memory for a block of rows (at most 16 MiB, or one row) for each thread. With
     * label permutations as {@code a} and ranks as {@code b} the rows are rank sums, exact below 2^23.
     *
     * @param a    {@code [n, k]}
     * @param b    {@code [k, m]}
     * @param rows takes the rows of the product, {@code m} values each
     */
    void productRows(INDArray a, INDArray b, RowConsumer rows);

    /**
     * Ranks each column of a float32 matrix, ties by their mean rank.
     *
     * <p>Costs a sort for each column. Looks for NaN; infinite numbers are ranked.
     *
     * @param a {@code [n, m]}, n at most 2^22
     * @return  {@code [n, m]}, ranks from 1 to n, exact in float32; column-major
     */
    INDArray columnRanks(INDArray a);

    /**
     * Finds for each query the {@code k} rows of the base with the largest inner product, exactly.
     *
     * <p>Cost: queries x base x d multiply-adds, half of that where {@code queries == base} and no pairs are handed over;
     * memory is 16 bytes for each neighbour and a few blocks. Equal similarities are ordered by the smaller base row. Looks
     * for NaN and infinite numbers.
     *
     * @param queries {@code [q, d]}; unit rows make the similarity a cosine
     * @param base    {@code [n, d]}; the same object as {@code queries} for a search of rows among themselves
     * @param search  how many, and which pairs do not count; a search of rows among themselves must exclude the row itself
     *                if it should be, see {@link Exclusion#SELF}
     */
    Neighbours nearest(RowSource queries, RowSource base, Search search);

    /**
     * Finds most of the {@code k} rows of the base with the largest cosine for each query, through graphs over parts of the base.
     *
     * <p>For more pairs than {@link #nearest(RowSource, RowSource, Search)} can go through. Cost: some thousand products of rows
     * for each base row, and as many for each query and part of at most 2^25 numbers; exact search does 20 to 50 times as many
     * products in the same time, so that graphs pay from some hundred thousand queries on. Memory: 150 to 300 MiB for each
     * thread. How many neighbours are found depends on the data: measure it against exact search on some of the queries. The same
     * neighbours come out for any number of threads. Looks for NaN and infinite numbers.
     *
     * @param queries {@code [q, d]}, rows of length 1
     * @param base    {@code [n, d]}, rows of length 1
     * @param search  how many, and which pairs do not count; may not hand over pairs
     * @see "Subramanya et al. 2019, DiskANN: Fast Accurate Billion-point Nearest Neighbor Search on a Single Node"
     */
    Neighbours nearestByGraph(RowSource queries, RowSource base, Search search);

    /** Finds neighbours among the rows of float32 matrices, as {@link #nearest(RowSource, RowSource, Search)}. */
    default Neighbours nearest(INDArray queries, INDArray base, int k, Exclusion exclusion) {
        RowSource rows = RowSource.of(queries);
        return nearest(rows, queries == base ? rows : RowSource.of(base), Search.nearest(k, exclusion));
    }

    /**
     * Finds for each row the {@code k} other rows with the largest inner product, exactly, and the inner products of these among
     * each other: what is needed to say how scattered the surroundings of each row are, without reading a vector again.
     *
     * <p>Costs n^2 d / 2 + n k^2 multiply-adds and memory for half of all products, 2 n^2 bytes; where that is more than 256 MiB,
     * the products of the neighbours are computed anew instead, n k^2 d multiply-adds. Equal similarities are ordered by the
     * smaller row. Looks for NaN and infinite numbers.
     *
     * @param rows {@code [n, d]}, float32; unit rows make the products cosines
     * @param k    number of neighbours of a row; fewer are found where there are not as many other rows
     */
    Neighbourhoods neighbourhoods(INDArray rows, int k);

    /**
     * Factors tall matrices into orthonormal columns and an upper triangle whose diagonal is not negative.
     *
     * <p>Computed in float64, for float32 matrices but for the last product where float32 loses next to nothing by it: a column of Q is
     * then wrong by at most some 4e-6 of its length. Costs about 4 n r^2 multiply-adds a matrix. Looks for NaN and infinite numbers.
     *
     * @param matrices {@code [n, r]} with n >= r
     * @return Q {@code [n, r]} with orthonormal columns, R {@code [r, r]} upper triangular, of the type of the matrix
     */
    List<Qr> thinQr(List<INDArray> matrices);

    /** Factors one tall matrix, as {@link #thinQr(List)}. */
    default Qr thinQr(INDArray a) {
        return thinQr(List.of(a)).get(0);
    }

    /**
     * Decomposes small matrices into singular vectors and values; meant for at most a few hundred rows and columns.
     *
     * <p>Looks for NaN and infinite numbers.
     *
     * @param matrices {@code [n, m]}
     * @return U {@code [n, r]}, S of length r = min(n, m), largest first, V {@code [m, r]}; computed in float64 and returned in
     *     the type of the matrix; the largest coordinate of each column of U is positive
     */
    List<Svd> smallSvd(List<INDArray> matrices);

    /** Decomposes one small matrix, as {@link #smallSvd(List)}. */
    default Svd smallSvd(INDArray a) {
        return smallSvd(List.of(a)).get(0);
    }

    /**
     * Decomposes products of a tall and a wide matrix, {@code a[i] b[i]^T}, without forming them: the query-key circuits of
     * all heads of a layer.
     *
     * <p>Thin QR of both factors, then the singular value decomposition of the small product of their triangles, in float64 but for
     * the last product, as {@link #thinQr(List)} says. Costs about 4 (n + m) r^2 multiply-adds a product. Looks for NaN and infinite numbers.
     *
     * @param a tall factors {@code [n, r]}
     * @param b tall factors {@code [m, r]}, as many, of the same type; one object may stand for several
     * @return for each product U {@code [n, r']}, S of length r' = min(n, m, r), largest first, V {@code [m, r']}; of the type
     *     of the factors; the largest coordinate of each column of U is positive
     */
    List<Svd> productSvd(List<INDArray> a, List<INDArray> b);

    /** Q and R of {@link #thinQr}. */
    record Qr(INDArray q, INDArray r) {}

    /** U, S and V of {@link #smallSvd}: {@code a = u diag(s) v^T}. */
    record Svd(INDArray u, double[] s, INDArray v) {}
}
