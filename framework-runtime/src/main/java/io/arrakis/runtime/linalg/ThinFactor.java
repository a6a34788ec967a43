package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;

/**
 * The thin QR factors of a matrix, in float64: the triangle at once, products with the orthonormal columns when asked for.
 * */
abstract class ThinFactor implements AutoCloseable {

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

    /** Factors a matrix of any shape. */
    static ThinFactor of(Operand matrix, String name) {
        double[] entries = matrix.toDoubles();
        NotFinite.require(entries, matrix, name);
        ThinFactor fast = matrix.rows() < matrix.columns() ? null : CholeskyFactor.of(matrix, entries);
        return fast == null ? new HouseholderFactor(matrix, entries) : fast;
    }
}
