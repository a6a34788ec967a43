package io.arrakis.runtime.model.weights;

import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.TensorLayout;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.TensorPart;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The outputs of a stored tensor that one weight is made of: the whole tensor, or runs of its outputs.
 *
 * @param tensors where it is read from
 * @param name    the tensor's name in the files
 * @param layout  which axis comes first in the file, and in what {@link #read} gives
 * @param stored  outputs and inputs of the whole stored tensor
 * @param rows    which outputs are meant
 */
record StoredPart(
        CheckpointTensors tensors, String name, TensorLayout layout, MatrixShape stored, TensorLocation.Rows rows) {
    /** How many outputs are meant. */
    long out() {
        return rows.all() ? stored.out() : (long) rows.length() * rows.count();
    }

    /** How many numbers are meant. */
    long size() {
        return out() * stored.in();
    }

    /**
     * Reads a run of the part's numbers in the order of its layout.
     *
     * @param first index of the first number in the part
     * @param into  filled from its position to its limit
     */
    void read(long first, FloatBuffer into) {
        if (rows.all()) {
            tensors.read(name, first, into);
            return;
        }
        int end = into.limit();
        long at = first;
        while (into.position() < end) {
            long within = at % segmentLength();
            long count = Math.min(segmentLength() - within, end - into.position());
            into.limit(into.position() + (int) count);
            tensors.read(name, segmentStart(at / segmentLength()) + within, into);
            into.limit(end);
            at += count;
        }
    }

    /** What is read, as runs of numbers of the stored tensor. */
    List<TensorPart> runs() {
        if (rows.all()) {
            return List.of(TensorPart.whole(name, size()));
        }
        if (layout == TensorLayout.OUT_IN) {
            long in = stored.in();
            return List.of(
                    new TensorPart(name, rows.first() * in, rows.length() * in, rows.stride() * in, rows.count()));
        }
        return IntStream.range(0, rows.count())
                .mapToObj(run -> new TensorPart(name, segmentStart(run), rows.length(), stored.out(), stored.in()))
                .toList();
    }

    private long segmentLength() {
        return layout == TensorLayout.OUT_IN ? rows.length() * stored.in() : rows.length();
    }

    private long segmentStart(long segment) {
        long run = segment % rows.count();
        long outputs = rows.first() + run * rows.stride();
        return layout == TensorLayout.OUT_IN ? outputs * stored.in() : segment / rows.count() * stored.out() + outputs;
    }
}
