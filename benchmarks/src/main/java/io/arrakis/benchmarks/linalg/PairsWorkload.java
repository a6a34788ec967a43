package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import java.util.concurrent.atomic.LongAdder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Scores of all pairs of tokens in some heads: the best 50 of each token, and all pairs over a threshold. */
final class PairsWorkload implements Workload {

    private static final int K = 50;

    /** Upper 1% of a normal distribution, which the scores come near to. */
    private static final double UPPER_PERCENT = 2.326;

    private final int heads;
    private final INDArray queries;
    private final INDArray keys;

    PairsWorkload(int tokens, int dHead, int heads) {
        this.heads = heads;
        this.queries = Numbers.normal(tokens, dHead, 1);
        this.keys = Numbers.normal(tokens, dHead, 2);
    }

    @Override
    public void run(LinearAlgebra linearAlgebra) {
        double threshold = UPPER_PERCENT * Math.sqrt(queries.columns());
        double all = (double) queries.rows() * keys.rows();
        for (int head = 0; head < heads; head++) {
            LongAdder above = new LongAdder();
            linearAlgebra.nearest(
                    RowSource.of(queries),
                    RowSource.of(keys),
                    Search.nearest(K, Exclusion.NONE)
                            .handingOver((float) threshold, (query, rows, scores, count) -> above.add(count)));
            Workload.require(above.sum() > 0.005 * all && above.sum() < 0.02 * all, above.sum() + " pairs");
        }
    }
}
