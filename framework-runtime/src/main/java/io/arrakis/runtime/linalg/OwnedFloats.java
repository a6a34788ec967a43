package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.buffer.FloatBuffer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Float32 memory of an array that its close gives back.
 *
 * <p>What ND4J calls uninitialised is filled with zeros, page by page, which took a third of the time of small decompositions; and
 * closing an array over memory that ND4J did not allocate leaves the memory to the garbage collector.
 */
final class OwnedFloats extends FloatBuffer {

    private static final long serialVersionUID = 1;

    private final transient FloatPointer memory;

    private OwnedFloats(FloatPointer memory, long count) {
        super(memory, FloatIndexer.create(memory), count);
        this.memory = memory;
    }

    /** Returns a column-major array, whatever stands in it. */
    static INDArray columnMajor(int rows, int columns) {
        long count = (long) rows * columns;
        long[] shape = {rows, columns};
        return Nd4j.create(
                new OwnedFloats(new FloatPointer(count), count), shape, Nd4j.getStrides(shape, 'f'), 0, 'f');
    }

    @Override
    public void close() {
        super.close();
        memory.close();
    }
}
