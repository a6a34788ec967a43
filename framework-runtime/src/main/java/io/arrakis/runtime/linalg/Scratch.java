package io.arrakis.runtime.linalg;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Native float64 memory of one thread: handed out while a task runs, taken back all at once, kept for the next task.
 *
 * <p>Fresh memory of some hundred KiB costs a page fault every 4 KiB, which is more time than BLAS needs for a small matrix.
 */
final class Scratch implements AutoCloseable {

    private static final long SMALLEST = 1 << 16;

    /** Numbers that are copied to or from the heap at a time; they stay in the nearest cache. */
    static final int CHUNK = 2048;

    private final List<DoublePointer> blocks = new ArrayList<>();
    private long free;
    private final double[] doubles = new double[CHUNK];
    private final float[] floats = new float[CHUNK];

    /** Returns memory for so many numbers, whatever stands in it, until {@link #reset}. */
    DoublePointer take(long count) {
        if (count > free) {
            free = Math.max(count, SMALLEST);
            blocks.add(new DoublePointer(free));
        }
        DoublePointer block = blocks.get(blocks.size() - 1);
        DoublePointer taken = block.getPointer(block.capacity() - free);
        free -= count;
        return taken;
    }

    /** Returns memory for so many float32 numbers, as {@link #take} does. */
    FloatPointer floats(long count) {
        return new FloatPointer(take((count + 1) / 2));
    }

    /** Returns memory that holds zeros. */
    DoublePointer zeros(long count) {
        DoublePointer taken = take(count);
        Pointer.memset(taken, 0, count * Double.BYTES);
        return taken;
    }

    /** Returns memory that holds some numbers. */
    DoublePointer of(double[] values) {
        return take(values.length).put(values, 0, values.length);
    }

    /** Takes all memory back, and makes one block of what were several. */
    void reset() {
        long size = blocks.stream().mapToLong(DoublePointer::capacity).sum();
        if (blocks.size() > 1) {
            close();
            blocks.add(new DoublePointer(size));
        }
        free = size;
    }

    /** Returns heap memory for {@link #CHUNK} numbers, always the same. */
    double[] doubles() {
        return doubles;
    }

    /** Returns heap memory for {@link #CHUNK} float32 numbers, always the same. */
    float[] floats() {
        return floats;
    }

    @Override
    public void close() {
        blocks.forEach(DoublePointer::close);
        blocks.clear();
        free = 0;
    }
}
