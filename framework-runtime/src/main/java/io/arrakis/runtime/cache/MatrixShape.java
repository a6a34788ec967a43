package io.arrakis.runtime.cache;

/**
 * Size of a matrix of float32.
 *
 * @param rows  number of rows
 * @param width numbers of a row
 */
public record MatrixShape(int rows, int width) {

    /** Checks that there is a width. */
    public MatrixShape {
        if (rows < 0 || width < 1) {
            throw new IllegalArgumentException("a matrix of " + rows + " x " + width);
        }
    }

    /** Returns the number of bytes of all its numbers. */
    public long bytes() {
        return (long) rows * width * Float.BYTES;
    }
}
