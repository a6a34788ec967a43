package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Thin QR by Householder reflections: orthonormal for any matrix, of any shape and rank. */
final class HouseholderFactor extends ThinFactor {

    private final DoublePointer orthonormal;
    private final DoublePointer triangle;

    /**
     * Factors a matrix.
     *
     * @param name for messages
     */
    HouseholderFactor(Operand matrix, String name, Scratch scratch) {
        super(matrix, Math.min(matrix.rows(), matrix.columns()), scratch);
        int columns = matrix.columns();
        this.orthonormal = columnMajor(matrix.copy(scratch, name), columns);
        DoublePointer tau = scratch.take(rank());
        Blas.householder(rows(), columns, orthonormal, tau);
        double[] factored = Pointers.toHeap(orthonormal, rows() * columns);
        this.triangle = scratch.of(upper(factored, columns)); // before the columns take its place
        Blas.orthonormal(rows(), rank(), orthonormal, tau);
    }

    private DoublePointer columnMajor(Blas.DoublePart entries, int columns) {
        return entries.transposed()
                ? scratch().of(Pointers.columnMajor(Pointers.toHeap(entries.at(), rows() * columns), rows(), columns))
                : entries.at();
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
    INDArray orthonormalTimes(DoublePointer small, int count) {
        return result(product(new Blas.DoublePart(orthonormal, rows(), false), rows(), small, count), count);
    }
}
