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
            float floor = floors[query];
            for (int row = 0; row < block.rows; row++) {
                if (column[row] >= floor) {
                    offer(query, block.firstRow + row, column[row]);
                    floor = floors[query];
                }
            }
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
            float floor = floors[query];
            for (int j = 0; j < block.rows; j++) {
                float similarity = column[j];
                int row = block.firstRow + j;
                if (similarity >= floor) {
                    offer(query, row, similarity);
                    floor = floors[query];
                }
                if (similarity >= floors[row]) {
                    offer(row, query, similarity);
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
