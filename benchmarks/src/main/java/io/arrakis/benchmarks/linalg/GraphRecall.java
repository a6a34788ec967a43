package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import io.arrakis.testkit.PeakMemory;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * Searches a large base exactly and by graphs, and prints recall, times and the peak of resident memory. Arguments: rows of the base,
 * queries, columns, threads. The base is made anew each time that a block of it is read, so that it is nowhere held.
 */
public final class GraphRecall {

    private static final int K = 50;

    private GraphRecall() {}

    /** Prints a line of a table in Markdown. */
    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        int queries = Integer.parseInt(arguments[1]);
        int columns = Integer.parseInt(arguments[2]);
        LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(Integer.parseInt(arguments[3]));
        RowSource base = new ClusteredRows(rows, columns);
        RowSource asked = new ClusteredRows(queries, columns);
        Search search = Search.nearest(K, Exclusion.SELF);
        long start = System.nanoTime();
        Neighbours exact = linearAlgebra.nearest(asked, base, search);
        double exactSeconds = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        Neighbours found = linearAlgebra.nearestByGraph(asked, base, search);
        double graphSeconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "| %d x %d | %d | %.4f | %.1f | %.1f | %d |%n",
                rows, columns, queries, recall(found, exact), exactSeconds, graphSeconds, PeakMemory.kib() / 1024);
    }

    private static double recall(Neighbours found, Neighbours exact) {
        long hits = 0;
        for (int query = 0; query < exact.queries(); query++) {
            int of = query;
            for (int rank = 0; rank < K; rank++) {
                int row = exact.row(query, rank);
                hits += IntStream.range(0, K).anyMatch(i -> found.row(of, i) == row) ? 1 : 0;
            }
        }
        return (double) hits / exact.queries() / K;
    }
}
