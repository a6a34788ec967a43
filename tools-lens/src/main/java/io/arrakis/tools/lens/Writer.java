package io.arrakis.tools.lens;

import io.arrakis.api.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Something that writes into the residual stream, as one part or several. */
interface Writer {

    /** Returns what it writes, a row for each place. */
    Matrix total();

    /**
     * Enters the inner product of each part with a direction.
     *
     * @param directions a row for each place
     */
    void enter(Matrix directions, Ledger ledger);

    /** Writes rows that are known. */
    record Rows(Part part, Supplier<Matrix> rows) implements Writer {
        @Override
        public Matrix total() {
            return rows.get();
        }

        @Override
        public void enter(Matrix directions, Ledger ledger) {
            Matrix written = rows.get();
            double[] values = new double[written.rows()];
            Arrays.setAll(values, row -> written.dot(row, directions));
            ledger.put(part, values);
        }
    }

    /** Writes the same everywhere. */
    record Constant(Part part, float[] vector, int rows) implements Writer {
        @Override
        public Matrix total() {
            return Matrix.zeros(rows, vector.length).plus(vector);
        }

        @Override
        public void enter(Matrix directions, Ledger ledger) {
            double[] values = new double[rows];
            Arrays.setAll(values, row -> directions.dot(row, vector));
            ledger.put(part, values);
        }
    }

    /**
     * The heads of a block: what each hands over through its own part of the output projection.
     *
     * @param block         the block
     * @param heads         number of heads
     * @param z             what they hand over, heads side by side
     * @param projection    opens {@code [head x d_head, d_model]}
     * @param linearAlgebra the kernels
     */
    record Heads(int block, int heads, Supplier<Matrix> z, Supplier<INDArray> projection, LinearAlgebra linearAlgebra)
            implements Writer {
        @Override
        public Matrix total() {
            try (INDArray matrix = projection.get()) {
                return z.get().times(matrix, false, linearAlgebra);
            }
        }

        @Override
        public void enter(Matrix directions, Ledger ledger) {
            Matrix handed = z.get();
            Matrix seen;
            try (INDArray matrix = projection.get()) {
                seen = directions.times(matrix, true, linearAlgebra);
            }
            int width = handed.columns() / heads;
            for (int head = 0; head < heads; head++) {
                int from = head * width;
                double[] values = new double[handed.rows()];
                Arrays.setAll(values, row -> handed.dot(row, seen, from, from + width));
                ledger.put(Part.head(block, head), values);
            }
        }
    }
}
