package io.arrakis.runtime.safetensors;

import java.util.List;
import java.util.Objects;

/**
 * One tensor of a file: what its header says of it.
 *
 * @param name   its name, unique in the file
 * @param dtype  what an element is
 * @param shape  lengths of the axes, the last one varying fastest; empty for a single number
 * @param offset where its first byte is, counted from the start of the file
 * @param bytes  how many bytes it has: the product of the shape times the bytes of an element
 */
public record TensorEntry(String name, DType dtype, List<Long> shape, long offset, long bytes) {

    /** Checks that nothing is null and copies the shape. */
    public TensorEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dtype, "dtype");
        shape = List.copyOf(shape);
    }

    /** Returns the number of elements. */
    public long elements() {
        return bytes / dtype.bytes();
    }

    /** Returns the length of the first axis, 1 for a single number. */
    public long rows() {
        return shape.isEmpty() ? 1 : shape.get(0);
    }

    /** Returns the number of elements of one index of the first axis; 0 where there are no rows. */
    public long rowElements() {
        return rows() == 0 ? 0 : elements() / rows();
    }

    /** Returns the number of bytes that a shape needs; throws an {@link ArithmeticException} beyond 2^63. */
    static long bytesOf(DType dtype, List<Long> shape) {
        return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
    }
}
