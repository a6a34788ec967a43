package io.arrakis.tools.prober;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbourhoods;
import io.arrakis.api.linalg.Neighbours;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The scatter of {@link StaticScatter} for every row of a matrix, from inner products alone.
 *
 * <p>For neighbours n_i and their mean c, {@code |n_i - c|^2 = n_i.n_i - 2 n_i.c + c.c}, and both n_i.c and c.c are means of inner
 * products of neighbours. In float32 that holds unless neighbours are nearly one; such a distance is taken from the vectors.
 */
final class Crowding {

    /** Squared distances of unit vectors below this have lost more than three digits to rounding. */
    private static final double NEARLY_ONE = 1e-3;

    private final LinearAlgebra linearAlgebra;
    private final int k;

    Crowding(LinearAlgebra linearAlgebra, int k) {
        this.linearAlgebra = linearAlgebra;
        this.k = k;
    }

    /** Scores all rows, at least two of length 1. */
    double[] of(INDArray rows) {
        Neighbourhoods found = linearAlgebra.neighbourhoods(rows, k);
        double[] scores = new double[rows.rows()];
        for (int row = 0; row < scores.length; row++) {
            OptionalDouble score = scatter(found, row);
            scores[row] = score.isPresent() ? score.getAsDouble() : fromVectors(rows, found.neighbours(), row);
        }
        return scores;
    }

    /** Returns the scatter of the neighbours of a row, unless some are so near to their mean that rounding shows. */
    private static OptionalDouble scatter(Neighbourhoods found, int row) {
        int n = found.neighbours().count(row);
        double meanSquare = 0;
        for (int rank = 0; rank < n; rank++) {
            meanSquare += found.sum(row, rank) / n / n;
        }
        double distance = 0;
        for (int rank = 0; rank < n; rank++) {
            double square = found.square(row, rank) - 2 * found.sum(row, rank) / n + meanSquare;
            if (square < NEARLY_ONE) {
                return OptionalDouble.empty();
            }
            distance += Math.sqrt(square);
        }
        return OptionalDouble.of(distance / n / Math.sqrt(meanSquare));
    }

    private static double fromVectors(INDArray rows, Neighbours found, int row) {
        int[] near = IntStream.range(0, found.count(row))
                .map(rank -> found.row(row, rank))
                .toArray();
        try (INDArray vectors = rows.getRows(near)) {
            int[] all = IntStream.range(0, near.length).toArray();
            return StaticScatter.scatter(vectors.data().asFloat(), rows.columns(), all);
        }
    }
}
