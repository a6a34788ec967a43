package io.arrakis.runtime.cache;

import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.safetensors.SafetensorsWriter;
import io.arrakis.runtime.safetensors.TensorSpec;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes one matrix, rows in any order, without keeping them. The file appears when it is complete; closing before leaves
 * nothing behind. Not safe for use by several threads.
 */
public final class MatrixWriter implements AutoCloseable {

    private final CacheKey key;
    private final MatrixShape shape;
    private final Path target;
    private final SafetensorsWriter writer;

    MatrixWriter(CacheKey key, MatrixShape shape, Path target, Map<String, String> parts) {
        this.key = key;
        this.shape = shape;
        this.target = target;
        try {
            this.writer = SafetensorsWriter.create(
                    target,
                    List.of(TensorSpec.kept(shape.type(), ActivationMatrix.TENSOR, shape.rows(), shape.width())),
                    parts);
        } catch (IOException e) {
            throw DiskProblems.notWritten(target, e);
        }
    }

    /** Returns what is written. */
    public CacheKey key() {
        return key;
    }

    /** Returns the size. */
    public MatrixShape shape() {
        return shape;
    }

    /**
     * Writes rows; each row must be written exactly once.
     *
     * @param first  index of the first row
     * @param values whole rows, from its position to its limit
     */
    public void put(int first, FloatBuffer values) {
        try {
            writer.put(ActivationMatrix.TENSOR, (long) first * shape.width(), values);
        } catch (IOException e) {
            throw DiskProblems.notWritten(target, e);
        }
    }

    void commit() {
        try {
            writer.commit();
        } catch (IOException e) {
            throw DiskProblems.notWritten(target, e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw DiskProblems.notWritten(target, e);
        }
    }
}
