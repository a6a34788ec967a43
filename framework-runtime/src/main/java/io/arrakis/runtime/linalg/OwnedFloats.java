package io.arrakis.runtime.linalg;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.buffer.FloatBuffer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Float32 memory of an array that its close gives back, or the garbage collector where nobody closes it.
 *
 * <p>What ND4J calls uninitialised is filled with zeros, page by page, which took a third of the time of small decompositions; and
 * closing an array over memory that ND4J did not allocate leaves the memory to the garbage collector. It is plain memory of the
 * process, as ND4J's own: JavaCPP's limit, the heap's size, does not count it.
 */
final class OwnedFloats extends FloatBuffer {

    private static final long serialVersionUID = 1;
    private static final Cleaner CLEANER = Cleaner.create();
    private static final AtomicLong OPEN_BYTES = new AtomicLong();

    private final transient Cleaner.Cleanable memory;

    private OwnedFloats(FloatPointer start, long count) {
        super(start, FloatIndexer.create(start), count);
        long bytes = count * Float.BYTES;
        OPEN_BYTES.addAndGet(bytes);
        this.memory = CLEANER.register(this, () -> {
            Pointer.free(start);
            OPEN_BYTES.addAndGet(-bytes);
        });
    }

    /** Returns a column-major array, whatever stands in it. */
    static INDArray columnMajor(int rows, int columns) {
        long count = (long) rows * columns;
        long[] shape = {rows, columns};
        return Nd4j.create(new OwnedFloats(allocate(count), count), shape, Nd4j.getStrides(shape, 'f'), 0, 'f');
    }

    private static FloatPointer allocate(long count) {
        Pointer memory = Pointer.malloc(count * Float.BYTES);
        if (memory == null || memory.isNull()) {
            throw new OutOfMemoryError("no native memory for " + count + " float32 numbers");
        }
        FloatPointer start = new FloatPointer(memory);
        start.capacity(count);
        return start;
    }

    /** Returns how much memory of this kind is open. */
    static long openBytes() {
        return OPEN_BYTES.get();
    }

    @Override
    public void close() {
        super.close();
        memory.clean();
    }
}
