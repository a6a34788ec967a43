package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Coordinates of rows in all components of a head.
 *
 * @param values of the components
 * @param query  coordinates as queries, {@code [row, component]}
 * @param key    coordinates as keys, {@code [row, component]}
 */
record CircuitRows(double[] values, HeapMatrix query, HeapMatrix key) {

    /**
     * Projects rows.
     *
     * @param rows {@code [row, width]}, as wide as the factors that the components were found from; not closed
     */
    static CircuitRows of(Svd circuit, INDArray rows, LinearAlgebra linearAlgebra) {
        try (INDArray left = linearAlgebra.product(rows, false, circuit.u(), false);
                INDArray right = linearAlgebra.product(rows, false, circuit.v(), false)) {
            return new CircuitRows(circuit.s(), HeapMatrix.copyOf(left), HeapMatrix.copyOf(right));
        }
    }

    /** Returns the sum of what all components add to the score of a query and a key. */
    double sum(int queryRow, int keyRow) {
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            sum += values[k] * query.at(queryRow, k) * key.at(keyRow, k);
        }
        return sum;
    }
}
