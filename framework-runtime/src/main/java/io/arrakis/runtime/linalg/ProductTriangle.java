package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;

/**
 * The inner products of rows among themselves, kept once a pair: blocks of columns on and above the diagonal.
 *
 * <p>Written by a {@link RowSearch}, block by block, and read by any thread afterwards.
 */
final class ProductTriangle implements AutoCloseable {

    /** Rows of a block. */
    static final int BLOCK = 512;

    private final int rows;
    private final FloatPointer products;
    private final FloatIndexer entries;

    ProductTriangle(int rows) {
        this.rows = rows;
        this.products = new FloatPointer(floats(rows));
        this.entries = FloatIndexer.create(products);
    }

    /** Returns how many bytes the products of some rows take. */
    static long bytes(int rows) {
        return floats(rows) * Float.BYTES;
    }

    private static long floats(int rows) {
        long blocks = (rows + BLOCK - 1L) / BLOCK;
        return blocks * (blocks + 1) / 2 * BLOCK * BLOCK;
    }

    /** Returns where the products of two blocks of rows stand, a column for each row of the first. */
    FloatPointer at(int first, int second) {
        return products.getPointer(offset(first, second));
    }

    private static long offset(int first, int second) {
        return ((long) second * (second + 1) / 2 + first) * BLOCK * BLOCK;
    }

    /**
     * Copies the products of some rows, all of one block, with all rows.
     *
     * @param first  the first row
     * @param target takes the rows, as many as it has
     */
    void read(int first, float[][] target) {
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
