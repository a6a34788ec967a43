package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;

/** Thin QR by Householder reflections: orthonormal for any matrix, of any shape and rank. */
final class HouseholderFactor extends ThinFactor {

    private final int rows;
    private final int rank;
    private final DoublePointer orthonormal;
    private final DoublePointer triangle;

    /**
     * Factors a matrix.
     *
     * @param entries {@code [rows, columns]}, column-major
     */
    HouseholderFactor(int rows, int columns, double[] entries) {
        this.rows = rows;
        this.rank = Math.min(rows, columns);
        this.orthonormal = new DoublePointer(entries);
        try (DoublePointer tau = new DoublePointer((long) rank)) {
            Blas.householder(rows, columns, orthonormal, tau);
            double[] factored = Pointers.toHeap(orthonormal, rows * columns);
            this.triangle = new DoublePointer(upper(factored, columns)); // before the columns take its place
            Blas.orthonormal(rows, rank, orthonormal, tau);
        }
    }

    private double[] upper(double[] factored, int columns) {
        double[] result = new double[rank * columns];
        for (int column = 0; column < columns; column++) {
            System.arraycopy(factored, column * rows, result, column * rank, Math.min(column + 1, rank));
        }
        return result;
    }

    @Override
    DoublePointer triangle() {
        return triangle;
    }

    @Override
    int rank() {
        return rank;
    }

    @Override
    double[] orthonormalTimes(DoublePointer small, int count) {
        try (DoublePointer result = new DoublePointer((long) rows * count)) {
            Blas.product(
                    new Blas.Sizes(rows, count, rank),
                    new Blas.DoublePart(orthonormal, rows, false),
                    new Blas.DoublePart(small, rank, false),
                    result,
                    rows);
            return Pointers.toHeap(result, rows * count);
        }
    }

    @Override
    public void close() {
        orthonormal.close();
        triangle.close();
    }
}
