package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.LinearAlgebra;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Singular vectors and values of the query-key products of all heads of a layer. */
final class CircuitsWorkload implements Workload {

    private static final double ROUNDING = 1e-4;

    private final List<INDArray> queries;
    private final List<INDArray> keys;

    CircuitsWorkload(int dModel, int heads, int dHead) {
        this.queries = factors(dModel, heads, dHead, 1);
        this.keys = factors(dModel, heads, dHead, 1001);
    }

    private static List<INDArray> factors(int dModel, int heads, int dHead, int seed) {
        return IntStream.range(0, heads)
                .mapToObj(head -> Numbers.normal(dModel, dHead, seed + head))
                .toList();
    }

    @Override
    public void run(LinearAlgebra linearAlgebra) {
        List<LinearAlgebra.Svd> found = linearAlgebra.productSvd(queries, keys);
        LinearAlgebra.Svd first = found.get(0);
        try (INDArray fromLeft = linearAlgebra.product(queries.get(0), true, first.u(), false);
                INDArray back = linearAlgebra.product(keys.get(0), false, fromLeft, false)) {
            // b a^T u_0 = s_0 v_0
            double norm = back.getColumn(0).norm2Number().doubleValue();
            Workload.require(Math.abs(norm / first.s()[0] - 1) < ROUNDING, "a singular value " + first.s()[0]);
        }
        for (LinearAlgebra.Svd svd : found) {
            svd.u().close();
            svd.v().close();
        }
    }
}
