package io.arrakis.runtime.cache;

import io.arrakis.api.model.KeptType;
import java.util.Objects;

/**
 * Size of a matrix of floating numbers.
 *
 * @param rows  number of rows
 * @param width numbers of a row
 * @param type  what they are kept in
 */
public record MatrixShape(int rows, int width, KeptType type) {

    /** Checks that there is a width. */
    public MatrixShape {
        Objects.requireNonNull(type, "type");
        if (rows < 0 || width < 1) {
            throw new IllegalArgumentException("a matrix of " + rows + " x " + width);
        }
    }

    /** Size of a matrix of float32. */
    public MatrixShape(int rows, int width) {
        this(rows, width, KeptType.FLOAT32);
    }

    /** Returns the number of bytes of all its numbers. */
    public long bytes() {
        return (long) rows * width * type.bytes();
    }
}
