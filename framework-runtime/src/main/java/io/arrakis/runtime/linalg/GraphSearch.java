package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import java.util.stream.IntStream;

/**
 * One approximate search for the nearest rows, shard by shard.
 *
 * <p>A task reads a part of the base, builds its graph in one thread, and asks it for the neighbours of all queries; then the part
 * is let go. So the base need not fit into memory, and the same neighbours come out for any number of threads, which a graph that
 * several threads build together would not give. The parts depend on the number of rows and their width alone.
 */
final class GraphSearch {

    private static final int FEWEST_ROWS = 4096;
    private static final int SHARDS = 8;
    private static final long SHARD_FLOATS = 1L << 25;
    private static final int QUERIES_AT_ONCE = 1024;

    private final RowSource queries;
    private final RowSource base;
    private final Search search;
    private final int shardRows;
    private final Best best;
    private final Object[] locks;

    GraphSearch(RowSource queries, RowSource base, Search search) {
        RowSearch.requireFit(queries, base);
        if (search.handsOver()) {
            throw new IllegalArgumentException("a graph does not find all pairs above a threshold");
        }
        this.queries = queries;
        this.base = base;
        this.search = search;
        this.shardRows = shardRows(base.rows(), base.columns());
        this.best = new Best(queries.rows(), Math.min(search.k(), base.rows()));
        this.locks = IntStream.rangeClosed(0, queries.rows() / QUERIES_AT_ONCE)
                .mapToObj(i -> new Object())
                .toArray();
    }

    private static int shardRows(int rows, int columns) {
        int even = Math.max(FEWEST_ROWS, (rows + SHARDS - 1) / SHARDS);
        return (int) Math.min(Math.min(even, rows), Math.max(1, SHARD_FLOATS / columns));
    }

    Neighbours run(Workers workers) {
        workers.run((base.rows() + shardRows - 1) / shardRows, this::shard);
        return best.toNeighbours(search.k(), workers);
    }

    private void shard(int shard) {
        int first = shard * shardRows;
        int count = Math.min(shardRows, base.rows() - first);
        RowGraph graph = new RowGraph(read(base, first, count), base.columns());
        for (int query = 0; query < queries.rows(); query += QUERIES_AT_ONCE) {
            search(graph, first, query, Math.min(QUERIES_AT_ONCE, queries.rows() - query));
        }
    }

    private void search(RowGraph graph, int firstRow, int firstQuery, int count) {
        int[] asked = read(queries, firstQuery, count);
        RowGraph.Asker asker = graph.asker(Math.min(search.k(), base.rows()));
        for (int i = 0; i < count; i++) {
            int query = firstQuery + i;
            int found = asker.ask(
                    asked, i * base.columns(), row -> !search.exclusion().excludes(query, firstRow + row));
            synchronized (locks[query / QUERIES_AT_ONCE]) {
                for (int rank = 0; rank < found; rank++) {
                    best.offer(query, firstRow + asker.row(rank), asker.similarity(rank));
                }
            }
        }
    }

    private int[] read(RowSource source, int first, int count) {
        float[] rows = new float[Math.multiplyExact(count, source.columns())];
        source.read(first, count, rows);
        return RowGraph.scaled(rows, source.columns(), row -> bad(source, rows, first, row));
    }

    private RuntimeException bad(RowSource source, float[] rows, int first, int row) {
        int width = source.columns();
        for (int i = row * width; i < (row + 1) * width; i++) {
            if (!Float.isFinite(rows[i])) {
                return NotFinite.row(queries == base, source == base, first + row);
            }
        }
        return new IllegalArgumentException("row " + (first + row) + " of the " + (source == base ? "base" : "queries")
                + " is longer than 1; a graph compares cosines");
    }
}
