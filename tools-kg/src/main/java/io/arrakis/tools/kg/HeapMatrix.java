package io.arrakis.tools.kg;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.NativeCopy;
import io.arrakis.api.linalg.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix on the heap, row after row: the place for plain loops. The values are not copied.
 *
 * @param rows    number of rows
 * @param columns width of a row
 * @param values  {@code rows x columns} values
 */
record HeapMatrix(int rows, int columns, float[] values) implements RowSource {

    /** Checks the length. */
    HeapMatrix {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values are not " + rows + " x " + columns);
        }
    }

    /** Makes a matrix of zeros. */
    static HeapMatrix zeros(int rows, int columns) {
        return new HeapMatrix(rows, columns, new float[Math.multiplyExact(rows, columns)]);
    }

    /** Copies a matrix of any order; does not close it. */
    static HeapMatrix copyOf(INDArray matrix) {
        HeapMatrix copy = zeros(matrix.rows(), matrix.columns());
        RowSource.of(matrix).read(0, copy.rows, copy.values);
        return copy;
    }

    /** Copies some rows of a capture, {@code [row, width]}. */
    static HeapMatrix captured(Activations activations, HookName hook, int[] rows) {
        return new HeapMatrix(rows.length, activations.width(hook), activations.gather(hook, rows));
    }

    /** Copies to native memory; the caller closes it. */
    NativeCopy toNative() {
        return NativeCopy.of(values, rows, columns);
    }

    @Override
    public void read(int first, int count, float[] target) {
        System.arraycopy(values, first * columns, target, 0, count * columns);
    }

    float at(int row, int column) {
        return values[row * columns + column];
    }

    /** Returns the first rows of the transposed matrix, a copy. */
    HeapMatrix transposed(int firstColumns) {
        HeapMatrix result = zeros(firstColumns, rows);
        for (int column = 0; column < firstColumns; column++) {
            for (int row = 0; row < rows; row++) {
                result.values[column * rows + row] = at(row, column);
            }
        }
        return result;
    }

    /** Returns the rows with a one behind each, so that a bias can be one more row of a factor. */
    HeapMatrix withOnes() {
        HeapMatrix result = zeros(rows, columns + 1);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns, result.values, row * (columns + 1), columns);
            result.values[row * (columns + 1) + columns] = 1;
        }
        return result;
    }
}
