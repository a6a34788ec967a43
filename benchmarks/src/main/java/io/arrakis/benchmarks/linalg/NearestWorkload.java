package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Exact neighbours of unit rows, with each query's own row planted among the base. */
final class NearestWorkload implements Workload {

    private static final int K = 50;
    private static final float ROUNDING = 1e-5f;

    private final INDArray queries;
    private final INDArray base;

    private NearestWorkload(INDArray queries, INDArray base) {
        this.queries = queries;
        this.base = base;
    }

    /** Rows against themselves. */
    static NearestWorkload self(int rows, int columns) {
        INDArray matrix = Numbers.unitRows(rows, columns, 1);
        return new NearestWorkload(matrix, matrix);
    }

    /** A few queries, which are the first rows of the base too. */
    static NearestWorkload queries(int queries, int rows, int columns) {
        return new NearestWorkload(Numbers.unitRows(queries, columns, 1), Numbers.unitRows(rows, columns, 1));
    }

    @Override
    public void run(LinearAlgebra linearAlgebra) {
        Neighbours found = linearAlgebra.nearest(queries, base, K, Exclusion.NONE);
        for (int query = 0; query < found.queries(); query++) {
            Workload.require(found.row(query, 0) == query, "query " + query + " is not its own nearest row");
            Workload.require(Math.abs(found.similarity(query, 0) - 1) < ROUNDING, "length of row " + query);
            Workload.require(found.count(query) == K, "number of neighbours of query " + query);
        }
    }
}
