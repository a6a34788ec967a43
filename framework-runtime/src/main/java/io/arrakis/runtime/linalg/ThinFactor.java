package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The thin QR factors of a matrix, in float64: the triangle at once, products with the orthonormal columns when asked for. All
 * memory is of a {@link Scratch}.
 */
abstract class ThinFactor {

    /** Loss of orthogonality that float32 does not show. */
    private static final double FLOAT_LOSS = 1e-8;

    /** Returns the triangle {@code [rank, columns]}, column after column. */
    abstract DoublePointer triangle();

    /** Returns the number of orthonormal columns, min(rows, columns). */
    abstract int rank();

    /**
     * Multiplies the orthonormal columns with a small matrix.
     *
     * @param small {@code [rank, count]}, column-major; may be changed
     * @return {@code [rows, count]}, column-major
     */
    abstract DoublePointer orthonormalTimes(DoublePointer small, int count);

    /**
     * Factors a matrix of any shape; Q is as orthonormal as its type can say, so float64 does without the fast way.
     *
     * @param name for messages
     */
    static ThinFactor of(Operand matrix, String name, Scratch scratch) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        Blas.DoublePart entries = matrix.copy(scratch, name);
        if (matrix.type() == DataType.FLOAT && rows >= columns) {
            ThinFactor fast = CholeskyFactor.of(rows, columns, entries, FLOAT_LOSS, scratch);
            if (fast != null) {
                return fast;
            }
        }
        return new HouseholderFactor(rows, columns, columnMajor(rows, columns, entries, scratch), scratch);
    }

    private static DoublePointer columnMajor(int rows, int columns, Blas.DoublePart entries, Scratch scratch) {
        return entries.transposed()
                ? scratch.of(transposed(Pointers.toHeap(entries.at(), rows * columns), rows, columns))
                : entries.at();
    }

    /** Returns column-major entries of a row-major matrix. */
    private static double[] transposed(double[] entries, int rows, int columns) {
        double[] result = new double[entries.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = entries[row * columns + column];
            }
        }
        return result;
    }
}
