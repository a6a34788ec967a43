package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.Neighbours;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One exact search for the nearest rows, block by block.
 *
 * <p>A block of base rows times a block of queries gives a column-major block whose columns are queries. Where queries and base
 * are one matrix, the block of (i, j) serves the rows of i and, read the other way round, the rows of j.
 */
final class NearestSearch {

    private static final int BLOCK = 1024;

    private final INDArray queries;
    private final INDArray base;
    private final boolean symmetric;
    private final int k;
    private final Exclusion exclusion;
    private final Best best;
    private final float[] scores;

    NearestSearch(INDArray queries, INDArray base, int k, Exclusion exclusion) {
        Matrices.requireFinite(queries, "queries");
        this.symmetric = queries == base;
        if (!symmetric) {
            Matrices.requireFinite(base, "base");
        }
        if (queries.dataType() != DataType.FLOAT || base.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException(
                    "queries are " + queries.dataType() + ", base is " + base.dataType() + "; a search is in FLOAT");
        }
        if (queries.columns() != base.columns()) {
            throw new IllegalArgumentException("queries are " + Matrices.shape(queries) + ", base is "
                    + Matrices.shape(base) + ": the columns differ");
        }
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ", less than 1");
        }
        this.queries = queries;
        this.base = base;
        this.k = k;
        this.exclusion = exclusion;
        this.best = new Best(queries.rows(), Math.min(k, base.rows()));
        this.scores = new float[BLOCK * BLOCK];
    }

    Neighbours run() {
        try (INDArray kept = Matrices.columnMajor(DataType.FLOAT, BLOCK, BLOCK)) {
            for (int query = 0; query < queries.rows(); query += BLOCK) {
                for (int row = symmetric ? query : 0; row < base.rows(); row += BLOCK) {
                    block(query, row, kept);
                }
            }
        }
        return best.toNeighbours(k);
    }

    private void block(int firstQuery, int firstRow, INDArray kept) {
        int nQueries = Math.min(BLOCK, queries.rows() - firstQuery);
        int nRows = Math.min(BLOCK, base.rows() - firstRow);
        INDArray baseRows = Matrices.rows(base, firstRow, nRows);
        INDArray queryRows = Matrices.rows(queries, firstQuery, nQueries);
        if (nQueries == BLOCK && nRows == BLOCK) {
            product(baseRows, queryRows, kept);
        } else {
            try (INDArray edge = Matrices.columnMajor(DataType.FLOAT, nRows, nQueries)) {
                product(baseRows, queryRows, edge);
            }
        }
        for (int query = 0; query < nQueries; query++) {
            select(firstQuery + query, firstRow, query * nRows, 1, nRows);
        }
        if (symmetric && firstRow != firstQuery) {
            for (int row = 0; row < nRows; row++) {
                select(firstRow + row, firstQuery, row, nRows, nQueries);
            }
        }
    }

    private void product(INDArray baseRows, INDArray queryRows, INDArray result) {
        Nd4j.gemm(baseRows, queryRows, result, false, true, 1, 0);
        new FloatPointer(result.data().addressPointer()).get(scores, 0, (int) result.length());
    }

    private void select(int query, int firstRow, int offset, int stride, int count) {
        float floor = best.floor(query);
        for (int i = 0; i < count; i++) {
            float score = scores[offset + i * stride];
            if (score >= floor && !exclusion.excludes(query, firstRow + i)) {
                best.add(query, firstRow + i, score);
                floor = best.floor(query);
            }
        }
    }
}
