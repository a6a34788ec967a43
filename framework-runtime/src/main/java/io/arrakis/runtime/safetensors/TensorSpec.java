package io.arrakis.runtime.safetensors;

import io.arrakis.api.model.KeptType;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A tensor that is going to be written.
 *
 * @param name  unique in its file, not {@code __metadata__}
 * @param dtype what an element is
 * @param shape lengths of the axes, the last one varying fastest
 */
public record TensorSpec(String name, DType dtype, List<Long> shape) {

    /** Copies the shape; an {@link IllegalArgumentException} for a negative length or the reserved name. */
    public TensorSpec {
        Objects.requireNonNull(dtype, "dtype");
        shape = List.copyOf(shape);
        if (name.equals(Header.METADATA) || shape.stream().anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException("no tensor can have the name '" + name + "' and the shape " + shape);
        }
    }

    /** Makes the spec of a float32 tensor. */
    public static TensorSpec floats(String name, long... shape) {
        return new TensorSpec(name, DType.F32, boxed(shape));
    }

    /** Makes the spec of a tensor of floating numbers that are kept in a type. */
    public static TensorSpec kept(KeptType type, String name, long... shape) {
        return new TensorSpec(name, DType.of(type), boxed(shape));
    }

    /** Makes the spec of a tensor of signed 64-bit integers. */
    public static TensorSpec longs(String name, long... shape) {
        return new TensorSpec(name, DType.I64, boxed(shape));
    }

    /** Returns the number of bytes of all elements. */
    public long bytes() {
        return TensorEntry.bytesOf(dtype, shape);
    }

    private static List<Long> boxed(long... shape) {
        return IntStream.range(0, shape.length).mapToObj(axis -> shape[axis]).toList();
    }
}
