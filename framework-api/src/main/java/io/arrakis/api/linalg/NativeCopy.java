package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A copy of a matrix in native memory that is given back when it is closed. What {@code Nd4j.createFromArray} with {@code reshape}
 * allocates is given back when the garbage collector finds it, closed or not, which may be late: it sees small objects. Closing an
 * array of {@code Nd4j.createUninitialized} frees its memory, but leaves small native objects for the collector, in holes that glibc
 * then cannot use again for arrays as large.
 */
@Stable
public final class NativeCopy implements AutoCloseable {

    private final FloatPointer memory;
    private final INDArray array;

    private NativeCopy(FloatPointer memory, INDArray array) {
        this.memory = memory;
        this.array = array;
    }

    /**
     * Copies a matrix.
     *
     * @param values {@code rows x columns} values, row after row, at least one; not changed
     * @throws IllegalArgumentException if there are not so many values, or none
     */
    public static NativeCopy of(float[] values, int rows, int columns) {
        if (values.length == 0 || values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values are not " + rows + " x " + columns);
        }
        FloatPointer memory = new FloatPointer(values);
        long[] size = {rows, columns};
        INDArray array = Nd4j.create(
                Nd4j.createBuffer(memory, DataType.FLOAT, values.length, FloatIndexer.create(memory)),
                size,
                Nd4j.getStrides(size, 'c'),
                0,
                'c');
        return new NativeCopy(memory, array);
    }

    /** Returns the copy, {@code [rows, columns]}, float32, row-major; not to be used once this is closed. */
    public INDArray array() {
        return array;
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        array.close();
        memory.close();
    }
}
