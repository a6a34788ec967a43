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

    private final int rows;
    private final int rank;
    private final Scratch scratch;

    ThinFactor(int rows, int rank, Scratch scratch) {
        this.rows = rows;
        this.rank = rank;
        this.scratch = scratch;
    }

    /** Returns the triangle {@code [rank, columns]}, column after column. */
    abstract DoublePointer triangle();

    final int rows() {
        return rows;
    }

    /** Returns the number of orthonormal columns, min(rows, columns). */
    final int rank() {
        return rank;
    }

    /**
     * Multiplies the orthonormal columns with a small matrix.
     *
     * @param small {@code [rank, count]}, column-major
     * @return {@code [rows, count]}, column-major
     */
    abstract DoublePointer orthonormalTimes(DoublePointer small, int count);

    /** Multiplies a matrix {@code [height, rank]} with a column-major one {@code [rank, count]}. */
    final DoublePointer product(Blas.DoublePart left, int height, DoublePointer small, int count) {
        DoublePointer result = scratch.take((long) height * count);
        Blas.product(
                new Blas.Sizes(height, count, rank), left, new Blas.DoublePart(small, rank, false), result, height);
        return result;
    }

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
                ? scratch.of(Pointers.columnMajor(Pointers.toHeap(entries.at(), rows * columns), rows, columns))
                : entries.at();
    }
}
