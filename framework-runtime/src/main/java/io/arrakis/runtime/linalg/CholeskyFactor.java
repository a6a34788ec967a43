package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;

/**
 * Thin QR by the Cholesky factor of the Gram matrix: products alone, and the orthonormal columns need not be formed.
 *
 * <p>It loses orthogonality as the square of the condition number, which the norms of the triangle and of its inverse bound;
 * so it is taken only where it is known to be good enough.
 *
 * @see "Stathopoulos and Wu 2002, A block orthogonalization procedure with constant synchronization requirements, section 3"
 */
final class CholeskyFactor extends ThinFactor {

    private final int rows;
    private final int columns;
    private final Blas.DoublePart matrix;
    private final DoublePointer triangle;
    private final DoublePointer inverse;

    private CholeskyFactor(int rows, int columns, double[] entries, boolean rowMajor) {
        this.rows = rows;
        this.columns = columns;
        this.matrix = new Blas.DoublePart(new DoublePointer(entries), rowMajor ? columns : rows, rowMajor);
        this.triangle = new DoublePointer(new double[columns * columns]);
        this.inverse = new DoublePointer(new double[columns * columns]);
    }

    /**
     * Returns the factor of a tall matrix, or null where it would not be orthonormal enough.
     *
     * @param loss largest allowed difference of {@code Q^T Q} from the identity, about
     */
    static CholeskyFactor of(int rows, int columns, double[] entries, boolean rowMajor, double loss) {
        CholeskyFactor factor = new CholeskyFactor(rows, columns, entries, rowMajor);
        if (factor.loses() < loss) {
            return factor;
        }
        factor.close();
        return null;
    }

    /** Computes triangle and inverse; returns a bound on the loss of orthogonality, infinite where there is none. */
    private double loses() {
        Blas.gram(rows, columns, matrix, triangle);
        if (!Blas.cholesky(columns, triangle)) {
            return Double.POSITIVE_INFINITY;
        }
        inverse.put(triangle);
        if (!Blas.invertTriangle(columns, inverse)) {
            return Double.POSITIVE_INFINITY;
        }
        double condition = norm(triangle) * norm(inverse);
        return condition * condition * Math.ulp(1.0);
    }

    /** Returns the Frobenius norm, which is at least the largest singular value. */
    private double norm(DoublePointer square) {
        double[] values = new double[columns * columns];
        square.get(values, 0, values.length);
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    @Override
    DoublePointer triangle() {
        return triangle;
    }

    @Override
    int rank() {
        return columns;
    }

    @Override
    double[] orthonormalTimes(DoublePointer small, int count) {
        try (DoublePointer solved = new DoublePointer((long) columns * count);
                DoublePointer result = new DoublePointer((long) rows * count)) {
            Blas.product(
                    new Blas.Sizes(columns, count, columns),
                    new Blas.DoublePart(inverse, columns, false),
                    new Blas.DoublePart(small, columns, false),
                    solved,
                    columns);
            Blas.product(
                    new Blas.Sizes(rows, count, columns),
                    matrix,
                    new Blas.DoublePart(solved, columns, false),
                    result,
                    rows);
            return Pointers.toHeap(result, rows * count);
        }
    }

    @Override
    public void close() {
        matrix.at().close();
        triangle.close();
        inverse.close();
    }
}
