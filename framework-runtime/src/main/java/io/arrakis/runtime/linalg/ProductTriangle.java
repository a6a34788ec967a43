package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.RowSource;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;

/** The inner products of rows among themselves, kept once a pair: blocks of columns on and above the diagonal. */
final class ProductTriangle implements AutoCloseable {

    private static final int BLOCK = 512;

    /** Rows that are read together; divides {@link #BLOCK}. */
    private static final int PANEL = 64;

    private final RowSource source;
    private final int rows;
    private final FloatPointer products;
    private final FloatIndexer entries;

    /** Makes room for the products of some rows. */
    ProductTriangle(RowSource source) {
        this.source = source;
        this.rows = source.rows();
        this.products = new FloatPointer(floats(rows));
        this.entries = FloatIndexer.create(products);
    }

    int rows() {
        return rows;
    }

    /** Computes all products; any thread may read them afterwards. */
    void fill(Workers workers) {
        workers.run(Math.toIntExact(BlockPairs.count(blocks(rows))), Filling::new);
    }

    private final class Filling implements Workers.Worker {

        private final RowReader left = RowReader.of(source, BLOCK);
        private final RowReader right = RowReader.of(source, BLOCK);

        @Override
        public void run(int task) {
            BlockPairs.Pair pair = BlockPairs.byDiagonals(task, blocks(rows));
            int first = pair.first() * BLOCK;
            int second = pair.second() * BLOCK;
            FloatPointer target = products.getPointer(offset(pair.first(), pair.second()));
            Blas.product(
                    new Blas.Sizes(height(second), height(first), source.columns()),
                    right.rows(second, height(second)),
                    left.rows(first, height(first)).flipped(),
                    target,
                    height(second));
            if (first == second) {
                requireFiniteSquares(first, target);
            }
        }

        /** A row whose square is finite has finite products with all others of that kind. */
        private void requireFiniteSquares(int first, FloatPointer target) {
            int height = height(first);
            for (int row = 0; row < height; row++) {
                if (!Float.isFinite(target.get((long) row * height + row))) {
                    throw NotFinite.among(source, first + row, 1, source, first + row, 1);
                }
            }
        }

        @Override
        public void close() {
            left.close();
            right.close();
        }
    }

    /** Returns how many bytes the products of some rows take. */
    static long bytes(int rows) {
        return floats(rows) * Float.BYTES;
    }

    private static long floats(int rows) {
        return BlockPairs.count(blocks(rows)) * BLOCK * BLOCK;
    }

    private static int blocks(int rows) {
        return (rows + BLOCK - 1) / BLOCK;
    }

    /** Returns where the products of two blocks of rows stand, a column for each row of the first. */
    private static long offset(int first, int second) {
        return (BlockPairs.count(second) + first) * BLOCK * BLOCK;
    }

    /** Takes the products of one row with all rows; used by one thread. */
    interface RowTaker {

        void take(int row, float[] products);
    }

    /** Hands over the products of each row, to a taker of its own for each thread. */
    void forEachRow(Workers workers, Supplier<RowTaker> takers) {
        int panels = (rows + PANEL - 1) / PANEL;
        workers.run(panels, () -> {
            float[][] panel = new float[PANEL][rows];
            float[][] last = new float[(rows - 1) % PANEL + 1][rows];
            RowTaker taker = takers.get();
            return task -> {
                float[][] some = task == panels - 1 ? last : panel;
                read(task * PANEL, some);
                for (int row = 0; row < some.length; row++) {
                    taker.take(task * PANEL + row, some[row]);
                }
            };
        });
    }

    /**
     * Copies the products of some rows, all of one block, with all rows.
     *
     * @param first  the first row
     * @param target takes the rows, as many as it has
     */
    private void read(int first, float[][] target) {
        for (int row = 0; row < target.length; row++) {
            readFromOwnBlock(first + row, target[row]);
        }
        int before = first / BLOCK * BLOCK;
        int height = height(first);
        for (int other = 0; other < before; other++) {
            long at = offset(other / BLOCK, first / BLOCK) + (long) (other % BLOCK) * height + first % BLOCK;
            for (int row = 0; row < target.length; row++) {
                target[row][other] = entries.get(at + row);
            }
        }
    }

    private void readFromOwnBlock(int row, float[] target) {
        for (int other = row / BLOCK * BLOCK; other < rows; other += BLOCK) {
            long at = offset(row / BLOCK, other / BLOCK) + (long) (row % BLOCK) * height(other);
            products.getPointer(at).get(target, other, height(other));
        }
    }

    private int height(int row) {
        return Math.min(BLOCK, rows - row / BLOCK * BLOCK);
    }

    @Override
    public void close() {
        entries.close();
        products.close();
    }
}
