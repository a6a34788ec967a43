package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;

/** Thin QR by Householder reflections: orthonormal for any matrix, of any shape and rank. */
final class HouseholderFactor extends ThinFactor {

    private final DoublePointer orthonormal;
    private final DoublePointer triangle;

    /**
     * Factors a matrix.
     *
     * @param entries {@code [rows, columns]}, column-major; lost
     */
    HouseholderFactor(int rows, int columns, DoublePointer entries, Scratch scratch) {
        super(rows, Math.min(rows, columns), scratch);
        this.orthonormal = entries;
        DoublePointer tau = scratch.take(rank());
        Blas.householder(rows, columns, orthonormal, tau);
        double[] factored = Pointers.toHeap(orthonormal, rows * columns);
        this.triangle = scratch.of(upper(factored, columns)); // before the columns take its place
        Blas.orthonormal(rows, rank(), orthonormal, tau);
    }

    private double[] upper(double[] factored, int columns) {
        double[] result = new double[rank() * columns];
        for (int column = 0; column < columns; column++) {
            System.arraycopy(factored, column * rows(), result, column * rank(), Math.min(column + 1, rank()));
        }
        return result;
    }

    @Override
    DoublePointer triangle() {
        return triangle;
    }

    @Override
    DoublePointer orthonormalTimes(DoublePointer small, int count) {
        return product(new Blas.DoublePart(orthonormal, rows(), false), rows(), small, count);
    }
}
