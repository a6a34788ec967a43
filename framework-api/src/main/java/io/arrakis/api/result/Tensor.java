package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers with named axes, float32, written as safetensors. Kept on the heap, row-major, and equal by content.
 */
@Stable
public final class Tensor {

    private final List<String> axes;
    private final int[] shape;
    private final float[] values;

    private Tensor(List<String> axes, int[] shape, float[] values) {
        this.axes = List.copyOf(axes);
        this.shape = shape;
        this.values = values;
        long expected = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (axes.size() != shape.length || expected != values.length) {
            throw new IllegalArgumentException("axes " + axes + ", shape " + Arrays.toString(shape) + " and "
                    + values.length + " values do not fit");
        }
    }

    /** Wraps values, row-major; the array is not copied and must not be changed. */
    public static Tensor of(List<String> axes, int[] shape, float[] values) {
        return new Tensor(axes, shape.clone(), values);
    }

    /** Copies an array of any order and of a floating type. */
    public static Tensor copyOf(List<String> axes, INDArray array) {
        int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        try (INDArray flat = array.dup('c')) {
            return new Tensor(axes, shape, flat.data().asFloat());
        }
    }

    /** Returns the names of the axes, such as {@code head}, {@code d_model}. */
    public List<String> axes() {
        return axes;
    }

    /** Returns a copy of the lengths of the axes. */
    public int[] shape() {
        return shape.clone();
    }

    /** Returns the values themselves, row-major; not to be changed. */
    public float[] values() {
        return values;
    }

    /** Returns a new array of these values, owned by the caller. */
    public INDArray toArray() {
        return Nd4j.createFromArray(values)
                .reshape('c', Arrays.stream(shape).asLongStream().toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && axes.equals(that.axes)
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * axes.hashCode() + Arrays.hashCode(shape)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Tensor" + axes + Arrays.toString(shape);
    }
}
