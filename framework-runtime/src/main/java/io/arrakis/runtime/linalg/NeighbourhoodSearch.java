package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.Neighbourhoods;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The nearest rows of each row and their inner products among each other.
 *
 * <p>The search computes all products anyway; where they fit they are kept and looked up. Else a small product is computed for
 * each row, which costs little beside the search of so many rows.
 */
final class NeighbourhoodSearch {

    /** Triangles of 11,000 rows and fewer. */
    private static final long KEPT_BYTES = 1L << 28;

    private final INDArray rows;
    private final RowSource source;
    private final Search search;
    private final long keptBytes;

    NeighbourhoodSearch(INDArray rows, int k) {
        this(rows, k, KEPT_BYTES);
    }

    /** Makes a search that keeps products where they take at most so many bytes. */
    NeighbourhoodSearch(INDArray rows, int k, long keptBytes) {
        this.rows = rows;
        this.source = RowSource.of(rows);
        this.search = Search.nearest(k, Exclusion.SELF);
        this.keptBytes = keptBytes;
    }

    Neighbourhoods run(Workers workers) {
        return ProductTriangle.bytes(source.rows()) > keptBytes ? computing(workers) : keeping(workers);
    }

    private Neighbourhoods keeping(Workers workers) {
        try (ProductTriangle kept = new ProductTriangle(source)) {
            kept.fill(workers);
            return new KeptSums(new KeptSearch(kept, search.k()).run(workers), kept).run(workers);
        }
    }

    private Neighbourhoods computing(Workers workers) {
        Neighbours found = new RowSearch(source, source, search).run(workers);
        try (INDArray together = rows.dup('c')) {
            ComputedSums sums = new ComputedSums(found, together);
            workers.run(found.queries(), sums::worker);
            return sums.result();
        }
    }
}
