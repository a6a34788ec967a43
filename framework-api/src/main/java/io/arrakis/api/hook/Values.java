package io.arrakis.api.hook;

import io.arrakis.api.stability.Stable;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Numbers for an intervention: an immutable float32 tensor on the heap, row-major.
 *
 * <p>It is broadcast from the right over the part of the hooked tensor that is changed: a scalar, a vector of the last
 * axis, or up to the whole {@code [batch, pos, ...]}.
 */
@Stable
public final class Values {
    private final long[] shape;
    private final float[] data;

    private Values(long[] shape, float[] data) {
        this.shape = shape;
        this.data = data;
    }

    /** One number for every place. */
    public static Values scalar(float value) {
        return new Values(new long[0], new float[] {value});
    }

    /** A vector along the last axis, such as d_model, d_head or d_mlp; copied. */
    public static Values vector(float... values) {
        return of(new long[] {values.length}, values);
    }

    /**
     * A tensor; both arrays are copied.
     *
     * @param shape sizes, outermost first
     * @param data  row-major, as many as the shape says
     */
    public static Values of(long[] shape, float[] data) {
        long expected = LongStream.of(shape).reduce(1, Math::multiplyExact);
        if (expected != data.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + expected + " numbers, not " + data.length);
        }
        return new Values(shape.clone(), data.clone());
    }

    /** The sizes, outermost first; a copy. */
    public long[] shape() {
        return shape.clone();
    }

    /** The numbers, row-major; a copy. */
    public float[] toArray() {
        return data.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(shape), Arrays.hashCode(data));
    }

    @Override
    public String toString() {
        return "Values" + Arrays.toString(shape);
    }
}
