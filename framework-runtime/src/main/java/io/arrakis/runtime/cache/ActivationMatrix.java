package io.arrakis.runtime.cache;

import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix of the cache, row-major float32, mapped from its file. Its pages are read when they are touched and belong to the
 * operating system, so that its size does not count against the process. Immutable; safe to read from several threads. The
 * file may be removed meanwhile.
 */
public final class ActivationMatrix {

    /** The one tensor of a file. */
    static final String TENSOR = "activations";

    private final SafetensorsFile file;
    private final MatrixShape shape;

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
     * Returns rows as an ND4J array, {@code [count, width]}. Rows of less than 1 GiB together are a view of the mapped file;
     * more are copied to memory outside of the heap.
     */
    public INDArray block(int first, int count) {
        requireRows(first, count);
        if (count == 0) {
            return Nd4j.empty(DataType.FLOAT);
        }
        long bytes = (long) count * shape.width() * Float.BYTES;
        return bytes <= file.longestBytes() ? view(first, count) : copy(first, count);
    }

    private INDArray view(int first, int count) {
        ByteBuffer bytes = file.bytes(TENSOR, (long) first * shape.width(), count * shape.width());
        FloatPointer pointer = new FloatPointer(bytes.asFloatBuffer());
        long[] size = {count, shape.width()};
        return Nd4j.create(
                Nd4j.createBuffer(pointer, DataType.FLOAT, (long) count * shape.width(), FloatIndexer.create(pointer)),
                size,
                Nd4j.getStrides(size, 'c'),
                0,
                'c');
    }

    private INDArray copy(int first, int count) {
        INDArray copy = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, shape.width()}, 'c');
        FloatPointer target = (FloatPointer) copy.data().pointer();
        int step = Math.max(1, file.longestBytes() / Float.BYTES / shape.width());
        for (int done = 0; done < count; done += step) {
            int rows = Math.min(step, count - done);
            ByteBuffer bytes = file.bytes(TENSOR, (long) (first + done) * shape.width(), rows * shape.width());
            FloatPointer source = new FloatPointer(bytes.asFloatBuffer());
            try (FloatPointer at = new FloatPointer(target).position((long) done * shape.width())) {
                at.put(source.limit((long) rows * shape.width()));
            }
        }
        return copy;
    }

    /** Copies rows to the heap, one after the other. */
    public float[] gather(int[] rows) {
        float[] values = new float[Math.multiplyExact(rows.length, shape.width())];
        FloatBuffer target = FloatBuffer.wrap(values);
        for (int i = 0; i < rows.length; i++) {
            requireRows(rows[i], 1);
            target.limit((i + 1) * shape.width());
            file.read(TENSOR, (long) rows[i] * shape.width(), target);
        }
        return values;
    }

    private void requireRows(int first, int count) {
        if (first < 0 || count < 0 || first > shape.rows() - count) {
            throw new IndexOutOfBoundsException(
                    "rows " + first + " to " + (first + count) + " of a matrix of " + shape.rows());
        }
    }
}
