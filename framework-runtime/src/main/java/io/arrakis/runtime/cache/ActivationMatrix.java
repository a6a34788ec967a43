package io.arrakis.runtime.cache;

import io.arrakis.api.model.KeptType;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix of the cache, row-major, mapped from its file and read as float32. Its pages are read when they are touched and belong to
 * the operating system, so that its size does not count against the process; what is kept in narrower numbers is copied. Immutable; safe to read from several threads. The
 * file may be removed meanwhile.
 */
public final class ActivationMatrix {

    /** The one tensor of a file. */
    static final String TENSOR = "activations";

    /** One of Java's buffers holds 2 GiB at most. */
    private static final int WIDENED_AT_ONCE = 1 << 24;

    private final SafetensorsFile file;
    private final MatrixShape shape;
    private FileMapping mapping;

    ActivationMatrix(SafetensorsFile file, MatrixShape shape) {
        this.file = file;
        this.shape = shape;
    }

    /** Returns the size. */
    public MatrixShape shape() {
        return shape;
    }

    Path path() {
        return file.path();
    }

    /**
     * Returns rows as an ND4J array of float32, {@code [count, width]}, not to be changed: a view of the mapped file where that is
     * float32 too, else a copy.
     */
    public INDArray block(int first, int count) {
        requireRows(first, count);
        if (count == 0) {
            return Nd4j.empty(DataType.FLOAT);
        }
        long[] size = {count, shape.width()};
        long floats = (long) count * shape.width();
        FloatPointer pointer = pointer((long) first * shape.width(), floats);
        return Nd4j.create(
                Nd4j.createBuffer(pointer, DataType.FLOAT, floats, FloatIndexer.create(pointer)),
                size,
                Nd4j.getStrides(size, 'c'),
                0,
                'c');
    }

    private FloatPointer pointer(long first, long count) {
        if (shape.type() != KeptType.FLOAT32) {
            return widened(first, count);
        }
        if (count * Float.BYTES <= file.longestBytes()) {
            ByteBuffer bytes = file.bytes(TENSOR, first, Math.toIntExact(count));
            return new FloatPointer(bytes.asFloatBuffer());
        }
        return Files.isWritable(path()) ? mapped(first, count) : copied(first, count);
    }

    private synchronized FloatPointer mapped(long first, long count) {
        if (mapping == null) {
            mapping = FileMapping.of(path(), file.size());
        }
        return mapping.floats(file.entry(TENSOR).offset() + first * Float.BYTES, count);
    }

    private FloatPointer widened(long first, long count) {
        FloatPointer copy = new FloatPointer(count);
        for (long done = 0; done < count; done += WIDENED_AT_ONCE) {
            int some = (int) Math.min(WIDENED_AT_ONCE, count - done);
            file.read(TENSOR, first + done, copy.getPointer(done).limit(some).asBuffer());
        }
        return copy;
    }

    /** A file that may only be read cannot be mapped as a whole. */
    private FloatPointer copied(long first, long count) {
        FloatPointer copy = new FloatPointer(count);
        int step = file.longestBytes() / Float.BYTES;
        for (long done = 0; done < count; done += step) {
            int floats = (int) Math.min(step, count - done);
            FloatPointer source =
                    new FloatPointer(file.bytes(TENSOR, first + done, floats).asFloatBuffer());
            copy.position(done).put(source.limit(floats));
        }
        return copy.position(0);
    }

    /** Copies neighbouring rows to the heap. */
    public float[] copy(int first, int count) {
        requireRows(first, count);
        float[] values = new float[Math.multiplyExact(count, shape.width())];
        file.read(TENSOR, (long) first * shape.width(), FloatBuffer.wrap(values));
        return values;
    }

    /** Copies rows to the heap, one after the other. */
    public float[] gather(int[] rows) {
        float[] values = new float[Math.multiplyExact(rows.length, shape.width())];
        FloatBuffer target = FloatBuffer.wrap(values);
        if (consecutive(rows)) {
            requireRows(rows[0], rows.length);
            file.read(TENSOR, (long) rows[0] * shape.width(), target);
            return values;
        }
        long[] first = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            requireRows(rows[i], 1);
            first[i] = (long) rows[i] * shape.width();
        }
        file.readRuns(TENSOR, first, shape.width(), target);
        return values;
    }

    private static boolean consecutive(int[] rows) {
        for (int i = 1; i < rows.length; i++) {
            if (rows[i] != rows[0] + i) {
                return false;
            }
        }
        return rows.length > 0;
    }

    private void requireRows(int first, int count) {
        if (first < 0 || count < 0 || first > shape.rows() - count) {
            throw new IndexOutOfBoundsException(
                    "rows " + first + " to " + (first + count) + " of a matrix of " + shape.rows());
        }
    }
}
