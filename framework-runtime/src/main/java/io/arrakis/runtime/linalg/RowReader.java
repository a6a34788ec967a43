package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.MatrixRows;
import io.arrakis.api.linalg.RowSource;
import org.bytedeco.javacpp.FloatPointer;

/** Gives one thread blocks of a row source as BLAS reads them: in place, or through a kept buffer that holds the last block. */
abstract class RowReader implements AutoCloseable {

    /** Returns rows as the operand {@code [count, columns]}; valid until the next call. */
    abstract Blas.FloatPart rows(int first, int count);

    @Override
    public abstract void close();

    static RowReader of(RowSource source, int largest) {
        return source instanceof MatrixRows rows ? new InPlace(rows) : new Copying(source, largest);
    }

    private static final class InPlace extends RowReader {

        private final Operand operand;

        InPlace(MatrixRows source) {
            this.operand = Operand.of(source.matrix(), "rows");
        }

        @Override
        Blas.FloatPart rows(int first, int count) {
            return operand.floatRows(first);
        }

        @Override
        public void close() {
            operand.close();
        }
    }

    private static final class Copying extends RowReader {

        private final RowSource source;
        private final float[] heap;
        private final FloatPointer kept;
        private int keptFirst = -1;

        Copying(RowSource source, int largest) {
            this.source = source;
            this.heap = new float[Math.multiplyExact(largest, source.columns())];
            this.kept = new FloatPointer((long) heap.length);
        }

        @Override
        Blas.FloatPart rows(int first, int count) {
            if (first != keptFirst) {
                source.read(first, count, heap);
                kept.put(heap, 0, count * source.columns());
                keptFirst = first;
            }
            return new Blas.FloatPart(kept, source.columns(), true);
        }

        @Override
        public void close() {
            kept.close();
        }
    }
}
