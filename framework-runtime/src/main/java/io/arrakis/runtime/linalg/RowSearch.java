package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * One exact search for the nearest rows, block by block.
 *
 * <p>A task multiplies a block of base rows with a block of queries and selects from the product while it is in the cache. Where
 * queries and base are one source, the product of two different blocks serves the rows of both, which saves half of the work.
 * Entries of a block of queries are added under the lock of that block.
 */
final class RowSearch {

    private static final int BLOCK = 1024;

    private final RowSource queries;
    private final RowSource base;
    private final Search search;
    private final boolean symmetric;
    private final int queryBlocks;
    private final int baseBlocks;
    private final Best best;
    private final Object[] locks;

    RowSearch(RowSource queries, RowSource base, Search search) {
        requireFit(queries, base);
        this.queries = queries;
        this.base = base;
        this.search = search;
        this.symmetric = queries == base && !search.handsOver();
        this.queryBlocks = blocks(queries);
        this.baseBlocks = blocks(base);
        this.best = new Best(queries.rows(), Math.min(search.k(), base.rows()));
        this.locks = new Object[queryBlocks];
        for (int i = 0; i < queryBlocks; i++) {
            locks[i] = new Object();
        }
    }

    static void requireFit(RowSource queries, RowSource base) {
        if (queries.columns() != base.columns()) {
            throw new IllegalArgumentException(
                    "queries have " + queries.columns() + " columns, the base has " + base.columns());
        }
    }

    private static int blocks(RowSource source) {
        return (source.rows() + BLOCK - 1) / BLOCK;
    }

    Neighbours run(Workers workers) {
        long tasks = symmetric ? BlockPairs.count(queryBlocks) : (long) queryBlocks * baseBlocks;
        workers.run(Math.toIntExact(tasks), Blocks::new);
        return best.toNeighbours(search.k(), workers);
    }

    /** The work of one thread. */
    private final class Blocks implements Workers.Worker {

        private final RowReader queryReader = RowReader.of(queries, BLOCK);
        private final RowReader baseReader = RowReader.of(base, BLOCK);
        private final FloatPointer product = new FloatPointer((long) BLOCK * BLOCK);
        private final FloatBuffer similarities = product.asBuffer();
        private final Selector selector = new Selector(search, best, BLOCK);

        /**
         * Takes the pairs of blocks base block by base block, so that a large base is read once; where each pair serves both
         * blocks, diagonal by diagonal, so that threads seldom wait for a lock.
         */
        @Override
        public void run(int task) {
            if (symmetric) {
                BlockPairs.Pair pair = BlockPairs.byDiagonals(task, queryBlocks);
                select(pair.first(), pair.second());
            } else {
                select(task % queryBlocks, task / queryBlocks);
            }
        }

        private void select(int queryBlock, int baseBlock) {
            Selector.Block products = multiply(queryBlock * BLOCK, baseBlock * BLOCK);
            if (!selector.isFinite(products)) {
                throw NotFinite.among(
                        queries, products.firstQuery(), products.queries(), base, products.firstRow(), products.rows());
            }
            synchronized (locks[queryBlock]) {
                if (!symmetric || queryBlock == baseBlock) {
                    selector.select(products);
                } else {
                    synchronized (locks[baseBlock]) {
                        selector.selectBothWays(products);
                    }
                }
            }
        }

        private Selector.Block multiply(int firstQuery, int firstRow) {
            int nQueries = Math.min(BLOCK, queries.rows() - firstQuery);
            int nRows = Math.min(BLOCK, base.rows() - firstRow);
            Blas.product(
                    new Blas.Sizes(nRows, nQueries, base.columns()),
                    baseReader.rows(firstRow, nRows),
                    queryReader.rows(firstQuery, nQueries).flipped(),
                    product,
                    nRows);
            return new Selector.Block(similarities, firstQuery, nQueries, firstRow, nRows);
        }

        @Override
        public void close() {
            queryReader.close();
            baseReader.close();
            product.close();
        }
    }
}
