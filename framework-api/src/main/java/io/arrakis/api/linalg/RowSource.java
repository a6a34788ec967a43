package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tall float32 matrix that is read by blocks of rows, so that it need not fit into memory and rows can be centred or scaled
 * on the way.
 *
 * <p>Must give the same numbers on every call and be safe for use by several threads.
 */
@Stable
public interface RowSource {

    /** Returns the number of rows. */
    int rows();

    /** Returns the width of a row. */
    int columns();

    /**
     * Copies some rows.
     *
     * @param first  the first row
     * @param count  the number of rows
     * @param target takes {@code count x columns} values, row after row, from its start; may be longer
     */
    void read(int first, int count, float[] target);

    /** Returns the rows of a float32 matrix; they are read in place where rows or columns lie together. */
    static RowSource of(INDArray matrix) {
        return new MatrixRows(matrix);
    }
}
