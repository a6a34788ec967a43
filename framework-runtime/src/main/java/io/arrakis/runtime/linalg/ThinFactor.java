package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The thin QR factors of a matrix, in float64: the triangle at once, products with the orthonormal columns when asked for.
 * */
abstract class ThinFactor implements AutoCloseable {

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
    abstract double[] orthonormalTimes(DoublePointer small, int count);

    @Override
    public abstract void close();

    /**
     * Factors a matrix of any shape; Q is as orthonormal as its type can say, so float64 does without the fast way.
     *
     * @param name for messages
     */
    static ThinFactor of(Operand matrix, String name) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        double[] entries = matrix.toDoubles();
        NotFinite.require(entries, matrix, name);
        if (matrix.type() == DataType.FLOAT && rows >= columns) {
            ThinFactor fast = CholeskyFactor.of(rows, columns, entries, matrix.isRowMajor(), FLOAT_LOSS);
            if (fast != null) {
                return fast;
            }
        }
        return new HouseholderFactor(rows, columns, matrix.isRowMajor() ? transposed(entries, rows, columns) : entries);
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
