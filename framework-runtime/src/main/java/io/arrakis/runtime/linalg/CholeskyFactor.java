package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Thin QR by the Cholesky factor of the Gram matrix: products alone, and the orthonormal columns need not be formed.
 *
 * <p>It loses orthogonality as the square of the condition number, which the norms of the triangle and of its inverse bound;
 * so it is taken only where it is known to be good enough.
 *
 * @see "Stathopoulos and Wu 2002, A block orthogonalization procedure with constant synchronization requirements, section 3"
 */
final class CholeskyFactor extends ThinFactor {

    private final int columns;
    private final Blas.DoublePart matrix;
    private final DoublePointer triangle;
    private final DoublePointer inverse;

    private CholeskyFactor(int rows, int columns, Blas.DoublePart matrix, Scratch scratch) {
        super(rows, columns, scratch);
        this.columns = columns;
        this.matrix = matrix;
        this.triangle = scratch.zeros((long) columns * columns);
        this.inverse = scratch.take((long) columns * columns);
    }

    /**
     * Returns the factor of a tall matrix, which is left as it is, or null where it would not be orthonormal enough.
     *
     * @param loss largest allowed difference of {@code Q^T Q} from the identity, about
     */
    static CholeskyFactor of(int rows, int columns, Blas.DoublePart matrix, double loss, Scratch scratch) {
        CholeskyFactor factor = new CholeskyFactor(rows, columns, matrix, scratch);
        return factor.loses() < loss ? factor : null;
    }

    /** Computes triangle and inverse; returns a bound on the loss of orthogonality, infinite where there is none. */
    private double loses() {
        Blas.gram(rows(), columns, matrix, triangle);
        if (!Blas.cholesky(columns, triangle)) {
            return Double.POSITIVE_INFINITY;
        }
        Pointer.memcpy(inverse, triangle, (long) columns * columns * Double.BYTES);
        if (!Blas.invertTriangle(columns, inverse)) {
            return Double.POSITIVE_INFINITY;
        }
        // Frobenius norms, which are at least the largest singular values.
        double condition = Blas.norm(columns * columns, triangle) * Blas.norm(columns * columns, inverse);
        return condition * condition * Math.ulp(1.0);
    }

    @Override
    DoublePointer triangle() {
        return triangle;
    }

    @Override
    DoublePointer orthonormalTimes(DoublePointer small, int count) {
        DoublePointer solved = product(new Blas.DoublePart(inverse, columns, false), columns, small, count);
        return product(matrix, rows(), solved, count);
    }
}
