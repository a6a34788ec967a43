package io.arrakis.runtime.plan;

import io.arrakis.runtime.cache.MatrixWriter;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Takes what a hook point gave for a batch, and writes the rows that are wanted of it. Used by one thread. */
final class RowSink {

    private final RowIndex index;
    private final boolean perPosition;
    private final MatrixWriter writer;
    private final float[] row;
    private final double[] pooled;

    /**
     * Writes to a matrix.
     *
     * @param perPosition whether the hook point has a row for each position; else it has one for each text
     */
    RowSink(RowIndex index, boolean perPosition, MatrixWriter writer) {
        this.index = index;
        this.perPosition = perPosition;
        this.writer = writer;
        this.row = new float[writer.shape().width()];
        this.pooled = new double[row.length];
    }

    MatrixWriter writer() {
        return writer;
    }

    /**
     * Takes one text.
     *
     * @param values  the batch's tensor, row-major
     * @param example the text
     * @param batchRow its row in the batch
     * @param columns positions of a row of the batch
     */
    void take(TensorRuns values, int example, int batchRow, int columns) {
        if (!perPosition) {
            put(example, values, batchRow, 1);
            return;
        }
        int before = batchRow * columns;
        switch (index.selection()) {
            case EACH, EACH_WITH_SPECIAL -> each(values, example, before);
            case FIRST, LAST -> put(example, values, before + index.position(example), 1);
            case SPAN, MEAN, MEAN_WITH_SPECIAL -> mean(values, example, before);
            case MAX -> max(values, example, before);
        }
    }

    /** Writes runs of positions at once: the tokens of a text mostly are one run between special tokens. */
    private void each(TensorRuns values, int example, int before) {
        TextRecord text = index.table().text(example);
        int target = index.firstRow(example);
        int pos = 0;
        while (pos < text.length()) {
            int run = pos;
            while (run < text.length() && index.counts(text, run)) {
                run++;
            }
            if (run > pos) {
                put(target, values, before + pos, run - pos);
                target += run - pos;
            }
            pos = run + 1;
        }
    }

    /** Sums in double precision, in the order of the positions. */
    private void mean(TensorRuns values, int example, int before) {
        Arrays.fill(pooled, 0);
        int count = 0;
        TextRecord text = index.table().text(example);
        for (int pos = 0; pos < text.length(); pos++) {
            if (index.counts(text, pos)) {
                read(values, before + pos);
                for (int i = 0; i < row.length; i++) {
                    pooled[i] += row[i];
                }
                count++;
            }
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (pooled[i] / count);
        }
        writer.put(example, FloatBuffer.wrap(row));
    }

    private void max(TensorRuns values, int example, int before) {
        float[] largest = new float[row.length];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        TextRecord text = index.table().text(example);
        for (int pos = 0; pos < text.length(); pos++) {
            if (index.counts(text, pos)) {
                read(values, before + pos);
                for (int i = 0; i < row.length; i++) {
                    largest[i] = Math.max(largest[i], row[i]);
                }
            }
        }
        writer.put(example, FloatBuffer.wrap(largest));
    }

    private void read(TensorRuns values, int at) {
        values.run((long) at * row.length, row.length).get(row);
    }

    private void put(int target, TensorRuns values, int at, int count) {
        int most = Math.max(1, TensorRuns.LONGEST / row.length);
        for (int done = 0; done < count; done += most) {
            int some = Math.min(most, count - done);
            writer.put(target + done, values.run((long) (at + done) * row.length, some * row.length));
        }
    }
}
