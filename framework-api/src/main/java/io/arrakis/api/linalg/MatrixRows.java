package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The rows of a matrix in memory; kernels take the matrix itself and read it in place.
 *
 * @param matrix {@code [n, d]}, float32; not changed, and kept open by its owner
 */
@Stable
public record MatrixRows(INDArray matrix) implements RowSource {

    /** Checks rank and type. */
    public MatrixRows {
        if (matrix.rank() != 2 || matrix.isEmpty() || matrix.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException(
                    matrix.dataType() + " " + Arrays.toString(matrix.shape()) + " is not a matrix of FLOAT");
        }
    }

    @Override
    public int rows() {
        return matrix.rows();
    }

    @Override
    public int columns() {
        return matrix.columns();
    }

    @Override
    public void read(int first, int count, float[] target) {
        try (INDArray copy = matrix.get(NDArrayIndex.interval(first, first + count), NDArrayIndex.all())
                .dup('c')) {
            new FloatPointer(copy.data().addressPointer()).get(target, 0, Math.toIntExact(copy.length()));
        }
    }
}
