package io.arrakis.runtime.linalg;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The few routines of ND4J's own BLAS and LAPACK that the kernels call, column-major, on native memory.
 *
 * <p>The library is told to use one thread: kernels share their blocks among threads of their own, which keeps every core busy
 * through selection too, makes results independent of the number of threads, and leaves no idle thread spinning beside
 * libtorch's.
 */
final class Blas {

    static {
        Nd4j.getBackend(); // sets its own number of threads when it is first loaded
        openblas_nolapack.blas_set_num_threads(1);
    }

    private Blas() {}

    /** Loads the libraries, where that has not been done. */
    static void load() {
        // The static initialiser does it.
    }

    /** Multiplies into a column-major {@code c [m, n]}: {@code c = op(a) op(b)}. */
    static void product(Sizes sizes, FloatPart a, FloatPart b, FloatPointer c, int leadingC) {
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasColMajor,
                flag(a.transposed),
                flag(b.transposed),
                sizes.m,
                sizes.n,
                sizes.k,
                1,
                a.at,
                a.leading,
                b.at,
                b.leading,
                0,
                c,
                leadingC);
    }

    /** Multiplies into a column-major {@code c [m, n]}: {@code c = op(a) op(b)}. */
    static void product(Sizes sizes, DoublePart a, DoublePart b, DoublePointer c, int leadingC) {
        openblas_nolapack.cblas_dgemm(
                openblas_nolapack.CblasColMajor,
                flag(a.transposed),
                flag(b.transposed),
                sizes.m,
                sizes.n,
                sizes.k,
                1,
                a.at,
                a.leading,
                b.at,
                b.leading,
                0,
                c,
                leadingC);
    }

    private static int flag(boolean transposed) {
        return transposed ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans;
    }

    /** Rows and columns of a result, and the length of the sums. */
    record Sizes(int m, int n, int k) {}

    /** A float32 matrix in column-major order, or its transpose. */
    record FloatPart(FloatPointer at, int leading, boolean transposed) {

        /** Returns the transpose. */
        FloatPart flipped() {
            return new FloatPart(at, leading, !transposed);
        }
    }

    /** A float64 matrix in column-major order, or its transpose. */
    record DoublePart(DoublePointer at, int leading, boolean transposed) {

        /** Returns the transpose. */
        DoublePart flipped() {
            return new DoublePart(at, leading, !transposed);
        }
    }

    /** Returns the root of the sum of squares. */
    static double norm(int count, DoublePointer values) {
        return openblas_nolapack.cblas_dnrm2(count, values, 1);
    }

    /** Negates numbers. */
    static void negate(int count, DoublePointer values) {
        openblas_nolapack.cblas_dscal(count, -1, values, 1);
    }

    /** Negates numbers. */
    static void negate(int count, FloatPointer values) {
        openblas_nolapack.cblas_sscal(count, -1, values, 1);
    }

    /** Returns the first of the numbers that are largest without their signs. */
    static double largest(int count, DoublePointer values) {
        return values.get(openblas_nolapack.cblas_idamax(count, values, 1));
    }

    /** Returns the first of the numbers that are largest without their signs. */
    static float largest(int count, FloatPointer values) {
        return values.get(openblas_nolapack.cblas_isamax(count, values, 1));
    }

    /** Adds the upper triangle of {@code a^T a} to {@code gram [r, r]}; a is {@code [n, r]}, or its transpose is given. */
    static void addGram(int n, int r, DoublePart a, DoublePointer gram) {
        openblas_nolapack.cblas_dsyrk(
                openblas_nolapack.CblasColMajor,
                openblas_nolapack.CblasUpper,
                flag(!a.transposed),
                r,
                n,
                1,
                a.at,
                a.leading,
                1,
                gram,
                r);
    }

    /** Replaces an upper triangle by its Cholesky factor; returns false where the matrix is not positive definite. */
    static boolean cholesky(int r, DoublePointer gram) {
        int info = openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, (byte) 'U', r, gram, r);
        return require("dpotrf", info) == 0;
    }

    /** Inverts an upper triangle in place; returns false where it is singular. */
    static boolean invertTriangle(int r, DoublePointer triangle) {
        int info = openblas.LAPACKE_dtrtri(openblas.LAPACK_COL_MAJOR, (byte) 'U', (byte) 'N', r, triangle, r);
        return require("dtrtri", info) == 0;
    }

    /** Replaces {@code a [n, r]} by its Householder factors. */
    static void householder(int n, int r, DoublePointer a, DoublePointer tau) {
        require("dgeqrf", openblas.LAPACKE_dgeqrf(openblas.LAPACK_COL_MAJOR, n, r, a, n, tau));
    }

    /** Replaces Householder factors in {@code a [n, k]} by the orthonormal columns that they stand for. */
    static void orthonormal(int n, int k, DoublePointer a, DoublePointer tau) {
        require("dorgqr", openblas.LAPACKE_dorgqr(openblas.LAPACK_COL_MAJOR, n, k, k, a, n, tau));
    }

    /** Decomposes {@code a [n, m]}, which is lost, into {@code u [n, r]}, s and {@code vt [r, m]}. */
    static void svd(int n, int m, DoublePointer a, DoublePointer s, DoublePointer u, DoublePointer vt) {
        int rank = Math.min(n, m);
        int info = openblas.LAPACKE_dgesdd(openblas.LAPACK_COL_MAJOR, (byte) 'S', n, m, a, n, s, u, n, vt, rank);
        if (require("dgesdd", info) > 0) {
            throw new ArrakisException(
                    ErrorCode.INTERNAL,
                    "linear algebra",
                    "the singular value decomposition of a matrix of [" + n + ", " + m + "] did not converge",
                    "report it with the model and the layer");
        }
    }

    private static int require(String routine, int info) {
        if (info < 0) {
            throw new IllegalStateException(routine + " refuses argument " + -info);
        }
        return info;
    }
}
