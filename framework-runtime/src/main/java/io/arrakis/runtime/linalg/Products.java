package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.RowConsumer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products by blocks of the result; the blocks depend on the shapes alone. */
final class Products {

    /** Multiply-adds of a task, some 5 ms of one thread. */
    private static final long TASK_WORK = 1L << 28;

    /** Fewer rows or columns than this and BLAS spends its time on packing the other operand. */
    private static final int NARROWEST = 64;

    private static final int BLOCK_FLOATS = 1 << 22;

    private Products() {}

    /** Multiplies into a new column-major array. */
    static INDArray product(Operand a, Operand b, Workers workers) {
        INDArray result = Results.columnMajor(a.type(), a.rows(), b.columns());
        boolean byRows = a.rows() > b.columns();
        int lines = byRows ? a.rows() : b.columns();
        int width = width(lines, (long) Math.min(a.rows(), b.columns()) * a.columns());
        return Results.written(
                result,
                () -> workers.run((lines + width - 1) / width, task -> {
                    int first = task * width;
                    int count = Math.min(width, lines - first);
                    if (byRows) {
                        multiply(a, first, count, b, 0, b.columns(), result);
                    } else {
                        multiply(a, 0, a.rows(), b, first, count, result);
                    }
                }));
    }

    private static void multiply(Operand a, int row, int rows, Operand b, int column, int columns, INDArray result) {
        Blas.Sizes sizes = new Blas.Sizes(rows, columns, a.columns());
        Pointer target = result.data().addressPointer();
        long offset = (long) column * a.rows() + row;
        if (a.type() == DataType.FLOAT) {
            FloatPointer at = new FloatPointer(target).getPointer(offset);
            Blas.product(sizes, a.floatRows(row), b.floatColumns(column), at, a.rows());
        } else {
            DoublePointer at = new DoublePointer(target).getPointer(offset);
            Blas.product(sizes, a.doubleRows(row), b.doubleColumns(column), at, a.rows());
        }
    }

    /** Hands over rows of a product by blocks. */
    static void productRows(Operand a, Operand b, RowConsumer consumer, Workers workers) {
        int columns = b.columns();
        int height = width(a.rows(), (long) columns * a.columns());
        int bounded = Math.max(1, Math.min(height, BLOCK_FLOATS / columns));
        workers.run((a.rows() + bounded - 1) / bounded, () -> new RowBlocks(a, b, bounded, consumer));
    }

    private static int width(int lines, long workPerLine) {
        return (int) Math.min(lines, Math.max(NARROWEST, TASK_WORK / workPerLine));
    }

    /** The work of one thread on rows of a product, which lie together as columns of the transposed product. */
    private static final class RowBlocks implements Workers.Worker {

        private final Operand a;
        private final Operand b;
        private final int height;
        private final RowConsumer consumer;
        private final FloatPointer kept;
        private final float[] heap;

        RowBlocks(Operand a, Operand b, int height, RowConsumer consumer) {
            this.a = a;
            this.b = b;
            this.height = height;
            this.consumer = consumer;
            this.heap = new float[Math.multiplyExact(height, b.columns())];
            this.kept = new FloatPointer((long) heap.length);
        }

        @Override
        public void run(int task) {
            int first = task * height;
            int count = Math.min(height, a.rows() - first);
            Blas.Sizes sizes = new Blas.Sizes(b.columns(), count, a.columns());
            Blas.product(sizes, b.floats().flipped(), a.floatRows(first).flipped(), kept, b.columns());
            kept.get(heap, 0, count * b.columns());
            consumer.accept(first, count, heap);
        }

        @Override
        public void close() {
            kept.close();
        }
    }
}
