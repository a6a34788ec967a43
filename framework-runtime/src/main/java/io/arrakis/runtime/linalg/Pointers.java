package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;

/** Copies between native memory and the heap, and between the orders of a matrix. */
final class Pointers {

    private Pointers() {}

    static double[] toHeap(DoublePointer pointer, int count) {
        double[] result = new double[count];
        pointer.get(result, 0, count);
        return result;
    }

    /** Returns the column-major entries of a row-major matrix {@code [rows, columns]}. */
    static double[] columnMajor(double[] entries, int rows, int columns) {
        double[] result = new double[entries.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = entries[row * columns + column];
            }
        }
        return result;
    }
}
