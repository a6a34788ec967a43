package io.arrakis.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Lets ND4J and the engine read and write the same memory. */
public final class SharedArrays {
    private SharedArrays() {}

    /**
     * The memory of an array, without a copy.
     *
     * @param array row-major in the CPU's memory, at most 2 GiB; its owner must stay open while the buffer is used
     */
    public static ByteBuffer memory(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    }

    /**
     * An ND4J array over the memory of an array, of any size.
     *
     * @param flat  float32 or float64, one axis, in the CPU's memory; its owner must stay open while the result is used
     * @param shape sizes of the result, outermost first; row-major
     */
    public static INDArray view(NDArray flat, long[] shape) {
        return Nd4j.create(buffer(flat), shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
    }

    /** The numbers of a float32 array with one axis, in the CPU's memory, copied once; of any size that a Java array has. */
    public static float[] copy(NDArray flat) {
        float[] values = new float[Math.toIntExact(flat.size())];
        try (NDArray head = flat.get(new NDIndex("0:1"))) {
            new FloatPointer(memory(head).asFloatBuffer())
                    .capacity(values.length)
                    .get(values);
        }
        return values;
    }

    /** One of Java's buffers holds 2 GiB at most, so it gives the address of the first number and no more. */
    private static DataBuffer buffer(NDArray flat) {
        try (NDArray head = flat.get(new NDIndex("0:1"))) {
            ByteBuffer first = memory(head);
            if (flat.getDataType() == ai.djl.ndarray.types.DataType.FLOAT64) {
                DoublePointer pointer = new DoublePointer(first.asDoubleBuffer()).capacity(flat.size());
                return Nd4j.createBuffer(pointer, DataType.DOUBLE, flat.size(), DoubleIndexer.create(pointer));
            }
            if (flat.getDataType() == ai.djl.ndarray.types.DataType.FLOAT32) {
                FloatPointer pointer = new FloatPointer(first.asFloatBuffer()).capacity(flat.size());
                return Nd4j.createBuffer(pointer, DataType.FLOAT, flat.size(), FloatIndexer.create(pointer));
            }
            throw new IllegalArgumentException(
                    "only float32 and float64 are shared with ND4J, not " + flat.getDataType());
        }
    }
}
