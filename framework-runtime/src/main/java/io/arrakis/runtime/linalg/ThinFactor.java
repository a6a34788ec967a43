package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The thin QR factors of a matrix, in float64: the triangle at once, products with the orthonormal columns when asked for. All
 * memory is of a {@link Scratch}.
 */
abstract class ThinFactor {

    /** Loss of orthogonality that float32 does not show. */
    private static final double FLOAT_LOSS = 1e-8;

    private final DataType type;
    private final int rows;
    private final int rank;
    private final Scratch scratch;

    ThinFactor(Operand matrix, int rank, Scratch scratch) {
        this.type = matrix.type();
        this.rows = matrix.rows();
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

    final Scratch scratch() {
        return scratch;
    }

    /**
     * Multiplies the orthonormal columns with a small matrix.
     *
     * @param small {@code [rank, count]}, column-major
     * @return {@code [rows, count]}, column-major, of the type of the matrix
     */
    abstract INDArray orthonormalTimes(DoublePointer small, int count);

    /** Returns {@code [rows, count]} entries as the type of the matrix. */
    final INDArray result(DoublePointer entries, int count) {
        return Results.of(type, rows, count, entries, scratch);
    }

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
        if (matrix.type() == DataType.FLOAT && matrix.rows() >= matrix.columns()) {
            ThinFactor fast = CholeskyFactor.of(matrix, name, FLOAT_LOSS, scratch);
            if (fast != null) {
                return fast;
            }
        }
        return new HouseholderFactor(matrix, name, scratch);
    }
}
