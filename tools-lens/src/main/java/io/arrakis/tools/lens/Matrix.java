package io.arrakis.tools.lens;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix on the heap, row after row. The values are not copied.
 *
 * @param rows    number of rows
 * @param columns width of a row
 * @param values  {@code rows x columns} values
 */
record Matrix(int rows, int columns, float[] values) {

    /** Checks the length. */
    Matrix {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values are not " + rows + " x " + columns);
        }
    }

    static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, new float[Math.multiplyExact(rows, columns)]);
    }

    /** Copies some rows of a capture, {@code [row, width]}. */
    static Matrix captured(Activations activations, HookName hook, int[] rows) {
        return new Matrix(rows.length, activations.width(hook), activations.gather(hook, rows));
    }

    float at(int row, int column) {
        return values[row * columns + column];
    }

    /** Returns the product with a matrix in native memory, or with its transpose. */
    Matrix times(INDArray other, boolean transposed, LinearAlgebra linearAlgebra) {
        try (INDArray own = Nd4j.createFromArray(values).reshape('c', rows, columns);
                INDArray product = linearAlgebra.product(own, false, other, transposed)) {
            Matrix result = zeros(product.rows(), product.columns());
            RowSource.of(product).read(0, result.rows, result.values);
            return result;
        }
    }

    Matrix copy() {
        return new Matrix(rows, columns, values.clone());
    }

    /** Multiplies all values, in place. */
    Matrix times(double factor) {
        if (factor != 1) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= (float) factor;
            }
        }
        return this;
    }

    /** Returns the inner product of a row with the same row of another matrix. */
    double dot(int row, Matrix other) {
        return dot(row, other, 0, columns);
    }

    /** Returns the inner product of a part of a row with the same part of the same row of another matrix. */
    double dot(int row, Matrix other, int from, int to) {
        double sum = 0;
        for (int column = from; column < to; column++) {
            sum += (double) at(row, column) * other.at(row, column);
        }
        return sum;
    }

    /** Returns the inner product of a row with a vector. */
    double dot(int row, float[] vector) {
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            sum += (double) at(row, column) * vector[column];
        }
        return sum;
    }

    /** Adds a matrix of the same shape, in place. */
    Matrix plus(Matrix other) {
        for (int i = 0; i < values.length; i++) {
            values[i] += other.values[i];
        }
        return this;
    }

    /** Subtracts a vector from each row, in place. */
    Matrix minus(float[] vector) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] -= vector[column];
            }
        }
        return this;
    }

    /** Adds a vector to each row, in place. */
    Matrix plus(float[] vector) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] += vector[column];
            }
        }
        return this;
    }
}
