package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean ranks of the entries of each column. */
final class ColumnRanks {

    /** Columns of a task, which a row-major matrix gives in one pass. */
    private static final int BLOCK = 64;

    /** Half ranks are exact in float32 up to here. */
    private static final int MOST_ROWS = 1 << 22;

    private ColumnRanks() {}

    static INDArray of(Operand matrix, Workers workers) {
        int rows = matrix.rows();
        if (matrix.type() != DataType.FLOAT || rows > MOST_ROWS) {
            throw new IllegalArgumentException("a is " + matrix.type() + " " + matrix.shape()
                    + "; ranks want FLOAT and at most " + MOST_ROWS + " rows");
        }
        INDArray result = Results.columnMajor(DataType.FLOAT, rows, matrix.columns());
        int tasks = (matrix.columns() + BLOCK - 1) / BLOCK;
        return Results.written(result, () -> workers.run(tasks, task -> rankBlock(matrix, task * BLOCK, result)));
    }

    private static void rankBlock(Operand matrix, int first, INDArray result) {
        int rows = matrix.rows();
        int count = Math.min(BLOCK, matrix.columns() - first);
        float[] values = matrix.columnsToFloats(first, count);
        rank(values, rows, first, count);
        FloatPointer target = new FloatPointer(result.data().addressPointer());
        target.getPointer((long) first * rows).put(values, 0, rows * count);
    }

    /** Replaces columns, one after the other, by their ranks. */
    private static void rank(float[] values, int rows, int first, int columns) {
        long[] sorted = new long[rows];
        FloatOrder order = new FloatOrder(rows);
        for (int column = 0; column < columns; column++) {
            int offset = column * rows;
            for (int row = 0; row < rows; row++) {
                float value = values[offset + row];
                if (Float.isNaN(value)) {
                    throw NotFinite.error(
                            "row " + row + " of column " + (first + column) + " of a matrix to rank is NaN");
                }
                sorted[row] = SortableFloats.pack(value, row);
            }
            order.sort(sorted);
            writeRanks(sorted, values, offset);
        }
    }

    private static void writeRanks(long[] sorted, float[] ranks, int offset) {
        int first = 0;
        while (first < sorted.length) {
            int end = first + 1;
            while (end < sorted.length && SortableFloats.sameValue(sorted[end], sorted[first])) {
                end++;
            }
            float rank = (first + 1 + end) / 2f;
            for (int i = first; i < end; i++) {
                ranks[offset + SortableFloats.index(sorted[i])] = rank;
            }
            first = end;
        }
    }
}
