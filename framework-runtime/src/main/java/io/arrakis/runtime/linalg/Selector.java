package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.Search;
import java.nio.FloatBuffer;

/** Takes from blocks of similarities what a search asks for; used by one thread. */
final class Selector {

    private final Search search;
    private final Exclusion exclusion;
    private final Best best;
    private final float[] floors;
    private final float[] column;
    private final Lanes lanes = new Lanes();
    private final int[] foundRows;
    private final float[] found;

    /** Makes a selector for blocks of at most so many base rows. */
    Selector(Search search, Best best, int largest) {
        this.search = search;
        this.exclusion = search.exclusion();
        this.best = best;
        this.floors = best.floors();
        this.column = new float[largest];
        this.foundRows = new int[search.handsOver() ? largest : 0];
        this.found = new float[foundRows.length];
    }

    /** A column-major block of similarities, a column for each query. */
    record Block(FloatBuffer values, int firstQuery, int queries, int firstRow, int rows) {}

    private void read(Block block, int query) {
        block.values.get(query * block.rows, column, 0, block.rows);
    }

    /**
     * Returns whether all rows behind a block are finite.
     *
     * <p>A row that is not makes all of its similarities NaN or infinite, so one similarity of each row and query tells.
     */
    boolean isFinite(Block block) {
        read(block, 0);
        float sum = 0;
        for (int i = 0; i < block.rows; i++) {
            sum += column[i] * 0;
        }
        for (int query = 0; query < block.queries; query++) {
            sum += block.values.get(query * block.rows) * 0;
        }
        return sum == 0;
    }

    /** Selects for the queries of a block. */
    void select(Block block) {
        for (int i = 0; i < block.queries; i++) {
            int query = block.firstQuery + i;
            read(block, i);
            selectFor(query, block);
            if (search.handsOver()) {
                handOver(query, block);
            }
        }
    }

    /** Selects for the queries of a block, and for its base rows as queries. */
    void selectBothWays(Block block) {
        for (int i = 0; i < block.queries; i++) {
            int query = block.firstQuery + i;
            read(block, i);
            selectFor(query, block);
            selectAsRow(query, block);
        }
    }

    private void selectFor(int query, Block block) {
        lanes.deal(column, block.rows);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            if (!(lanes.largest(lane) < floors[query])) {
                for (int row = lane; row < block.rows; row += Lanes.COUNT) {
                    if (column[row] >= floors[query]) {
                        offer(query, block.firstRow + row, column[row]);
                    }
                }
            }
        }
    }

    private void selectAsRow(int query, Block block) {
        lanes.dealAbove(column, block.rows, floors, block.firstRow);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            if (!(lanes.largest(lane) < 0)) { // NaN where a product was too large for float32
                for (int row = lane; row < block.rows; row += Lanes.COUNT) {
                    if (column[row] >= floors[block.firstRow + row]) {
                        offer(block.firstRow + row, query, column[row]);
                    }
                }
            }
        }
    }

    private void offer(int query, int row, float similarity) {
        if (!exclusion.excludes(query, row)) {
            best.add(query, row, similarity);
        }
    }

    private void handOver(int query, Block block) {
        int count = 0;
        for (int row = 0; row < block.rows; row++) {
            if (column[row] >= search.threshold() && !exclusion.excludes(query, block.firstRow + row)) {
                foundRows[count] = block.firstRow + row;
                found[count++] = column[row];
            }
        }
        if (count > 0) {
            search.above().accept(query, foundRows, found, count);
        }
    }
}
