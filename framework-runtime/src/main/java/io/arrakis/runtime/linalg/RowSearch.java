package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;

/**
 * One exact search for the nearest rows, block by block.
 *
 * <p>A task multiplies a block of base rows with a block of queries and selects from the product while it is in the cache. Where
 * queries and base are one source, the product of two different blocks serves the rows of both, which saves half of the work.
 * Entries of a block of queries are added under the lock of that block. A search of rows among themselves can keep the products.
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
    private final int block;
    private final Optional<ProductTriangle> kept;

    RowSearch(RowSource queries, RowSource base, Search search) {
        this(queries, base, search, BLOCK, Optional.empty());
    }

    /** Makes a search of rows among themselves that leaves all products in a triangle. */
    static RowSearch keeping(ProductTriangle kept, RowSource rows, Search search) {
        return new RowSearch(rows, rows, search, ProductTriangle.BLOCK, Optional.of(kept));
    }

    private RowSearch(RowSource queries, RowSource base, Search search, int block, Optional<ProductTriangle> kept) {
        requireFit(queries, base);
        this.queries = queries;
        this.base = base;
        this.search = search;
        this.block = block;
        this.kept = kept;
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

    private int blocks(RowSource source) {
        return (source.rows() + block - 1) / block;
    }

    Neighbours run(Workers workers) {
        long tasks = symmetric ? (long) queryBlocks * (queryBlocks + 1) / 2 : (long) queryBlocks * baseBlocks;
        workers.run(Math.toIntExact(tasks), Blocks::new);
        return best.toNeighbours(search.k());
    }

    /** The work of one thread. */
    private final class Blocks implements Workers.Worker {

        private final RowReader queryReader = RowReader.of(queries, block);
        private final RowReader baseReader = RowReader.of(base, block);
        private final FloatPointer product = new FloatPointer(kept.isPresent() ? 0 : (long) block * block);
        private final Selector selector = new Selector(search, best, block);

        /** Takes the pairs of blocks base block by base block, so that a large base is read once. */
        @Override
        public void run(int task) {
            if (symmetric) {
                int second = (int) ((Math.sqrt(8.0 * task + 1) - 1) / 2);
                select(task - second * (second + 1) / 2, second);
            } else {
                select(task % queryBlocks, task / queryBlocks);
            }
        }

        private void select(int queryBlock, int baseBlock) {
            FloatPointer target =
                    kept.map(triangle -> triangle.at(queryBlock, baseBlock)).orElse(product);
            Selector.Block products = multiply(queryBlock * block, baseBlock * block, target);
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

        private Selector.Block multiply(int firstQuery, int firstRow, FloatPointer target) {
            int nQueries = Math.min(block, queries.rows() - firstQuery);
            int nRows = Math.min(block, base.rows() - firstRow);
            Blas.product(
                    new Blas.Sizes(nRows, nQueries, base.columns()),
                    baseReader.rows(firstRow, nRows),
                    queryReader.rows(firstQuery, nQueries).flipped(),
                    target,
                    nRows);
            return new Selector.Block(target, firstQuery, nQueries, firstRow, nRows);
        }

        @Override
        public void close() {
            queryReader.close();
            baseReader.close();
            product.close();
        }
    }
}
