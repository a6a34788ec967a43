package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;

/**
 * Thin QR by the Cholesky factor of the Gram matrix: products alone, and the orthonormal columns need not be formed.
 *
 * <p>It loses orthogonality as the square of the condition number, which the triangle and its inverse bound; it is taken only
 * where the loss stays below {@link #LOSS}.
 *
 * @see "Stathopoulos and Wu 2002, A block orthogonalization procedure with constant synchronization requirements, section 3"
 */
final class CholeskyFactor extends ThinFactor {

    /** Largest loss of orthogonality. */
    private static final double LOSS = 1e-10;

    private final int rows;
    private final int columns;
    private final Blas.DoublePart matrix;
    private final DoublePointer triangle;
    private final DoublePointer inverse;

    private CholeskyFactor(Operand operand, double[] entries) {
        this.rows = operand.rows();
        this.columns = operand.columns();
        this.matrix = new Blas.DoublePart(
                new DoublePointer(entries), operand.isRowMajor() ? columns : rows, operand.isRowMajor());
        this.triangle = new DoublePointer(new double[columns * columns]);
        this.inverse = new DoublePointer(new double[columns * columns]);
    }

    /** Returns the factor, or null where it would not be orthonormal enough. */
    static CholeskyFactor of(Operand operand, double[] entries) {
        CholeskyFactor factor = new CholeskyFactor(operand, entries);
        if (factor.isSafe()) {
            return factor;
        }
        factor.close();
        return null;
    }

    private boolean isSafe() {
        Blas.gram(rows, columns, matrix, triangle);
        if (!Blas.cholesky(columns, triangle)) {
            return false;
        }
        inverse.put(triangle);
        if (!Blas.invertTriangle(columns, inverse)) {
            return false;
        }
        double condition = norm(triangle) * norm(inverse);
        return condition * condition * Math.ulp(1.0) < LOSS;
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
