package io.arrakis.runtime.model.weights;

import io.arrakis.api.model.TensorLayout;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A weight as it lies in the files, seen as a matrix.
 *
 * @param shape  outputs and inputs
 * @param layout the order of {@link #read}: outputs first, or inputs first
 * @param parts  what it is made of, one below the other along the outputs; more than one only with outputs first
 */
public record StoredWeight(MatrixShape shape, TensorLayout layout, List<StoredPart> parts) {
    /** Copies the list. */
    public StoredWeight {
        parts = List.copyOf(parts);
    }

    /**
     * Reads a run of numbers as float32.
     *
     * @param first index of the first number, in the order of the layout
     * @param into  filled from its position to its limit
     */
    public void read(long first, FloatBuffer into) {
        int end = into.limit();
        long start = 0;
        for (StoredPart part : parts) {
            long from = Math.max(first, start);
            long to = Math.min(first + end, start + part.size());
            if (from < to) {
                into.limit(into.position() + (int) (to - from));
                part.read(from - start, into);
            }
            start += part.size();
        }
        into.limit(end);
    }
}
