package io.arrakis.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
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
     * An ND4J array over memory that somebody else owns.
     *
     * @param memory direct; must stay allocated while the array is used
     * @param type   float32 or float64
     * @param shape  sizes, outermost first; row-major
     */
    public static INDArray view(ByteBuffer memory, DataType type, long[] shape) {
        return Nd4j.create(buffer(memory, type), shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
    }

    private static DataBuffer buffer(ByteBuffer memory, DataType type) {
        if (type == DataType.FLOAT64) {
            DoublePointer pointer = new DoublePointer(memory.asDoubleBuffer());
            return Nd4j.createBuffer(
                    pointer,
                    org.nd4j.linalg.api.buffer.DataType.DOUBLE,
                    pointer.capacity(),
                    DoubleIndexer.create(pointer));
        }
        if (type == DataType.FLOAT32) {
            FloatPointer pointer = new FloatPointer(memory.asFloatBuffer());
            return Nd4j.createBuffer(
                    pointer,
                    org.nd4j.linalg.api.buffer.DataType.FLOAT,
                    pointer.capacity(),
                    FloatIndexer.create(pointer));
        }
        throw new IllegalArgumentException("only float32 and float64 are shared with ND4J, not " + type);
    }
}
