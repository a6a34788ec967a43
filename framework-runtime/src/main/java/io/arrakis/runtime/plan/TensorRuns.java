package io.arrakis.runtime.plan;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The numbers of one of the engine's tensors as float32, run by run: a buffer holds 2 GiB at most, a tensor any number. Valid as
 * long as the tensor.
 */
public final class TensorRuns {

    /** The longest run, in numbers. */
    public static final int LONGEST = 1 << 24;

    private final Pointer memory;
    private final boolean single;
    private final long offset;
    private final long length;

    /**
     * Looks at a tensor; copies nothing.
     *
     * @param tensor row-major, float32 or float64
     */
    public TensorRuns(INDArray tensor) {
        this.memory = tensor.data().pointer();
        this.single = tensor.dataType() == DataType.FLOAT;
        this.offset = tensor.offset();
        this.length = tensor.length();
    }

    /** Returns how many numbers there are. */
    public long length() {
        return length;
    }

    /** Returns a run: the tensor's own memory where it is float32, a copy where it is float64. */
    public FloatBuffer run(long first, int count) {
        if (first < 0 || count < 0 || first > length - count) {
            throw new IndexOutOfBoundsException("numbers " + first + " to " + (first + count) + " of " + length);
        }
        if (count == 0) {
            return FloatBuffer.allocate(0);
        }
        long start = offset + first;
        return single ? at(start).limit(count).asBuffer() : copy(start, count);
    }

    /** A pointer of its own for each run: a buffer made from a position beyond 2 GiB would be empty. */
    private FloatPointer at(long start) {
        return new FloatPointer(memory).getPointer(start);
    }

    private FloatBuffer copy(long start, int count) {
        double[] values = new double[count];
        new DoublePointer(memory).position(start).get(values);
        FloatBuffer floats = FloatBuffer.allocate(count);
        for (double value : values) {
            floats.put((float) value);
        }
        return floats.flip();
    }
}
