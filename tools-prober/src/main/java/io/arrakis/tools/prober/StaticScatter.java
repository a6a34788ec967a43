package io.arrakis.tools.prober;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How scattered the nearest rows of a row are among themselves: their mean distance from their mean, over the norm of that
 * mean.
 *
 * <p>Small where the neighbours point one way, large where they lie around the row in many directions; not bounded.
 */
final class StaticScatter {

    private final LinearAlgebra linearAlgebra;
    private final int k;

    StaticScatter(LinearAlgebra linearAlgebra, int k) {
        this.linearAlgebra = linearAlgebra;
        this.k = k;
    }

    /**
     * Scores rows among other rows.
     *
     * @param rows   row after row, changed to unit length
     * @param width  width of a row
     * @param scored the rows to score; each has at least one other
     */
    double[] of(float[] rows, int width, int[] scored) {
        toUnit(rows, width);
        float[] queries = new float[scored.length * width];
        for (int i = 0; i < scored.length; i++) {
            System.arraycopy(rows, scored[i] * width, queries, i * width, width);
        }
        Exclusion itself = (query, base) -> scored[query] == base;
        try (INDArray base = matrix(rows, width);
                INDArray asked = matrix(queries, width)) {
            return scores(rows, width, linearAlgebra.nearest(asked, base, k, itself));
        }
    }

    /**
     * Scores all rows; costs half as much as naming each.
     *
     * @param rows  row after row, at least two, changed to unit length
     * @param width width of a row
     */
    double[] ofAll(float[] rows, int width) {
        toUnit(rows, width);
        try (INDArray base = matrix(rows, width)) {
            return scores(rows, width, linearAlgebra.nearest(base, base, k, Exclusion.SELF));
        }
    }

    private static void toUnit(float[] rows, int width) {
        for (int at = 0; at < rows.length; at += width) {
            VectorSpace.toUnit(rows, at, width);
        }
    }

    private static INDArray matrix(float[] rows, int width) {
        return Nd4j.createFromArray(rows).reshape('c', rows.length / width, width);
    }

    private static double[] scores(float[] rows, int width, Neighbours neighbours) {
        double[] scores = new double[neighbours.queries()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scatter(rows, width, neighbours, i);
        }
        return scores;
    }

    private static double scatter(float[] rows, int width, Neighbours neighbours, int query) {
        int count = neighbours.count(query);
        double[] mean = new double[width];
        for (int rank = 0; rank < count; rank++) {
            int at = neighbours.row(query, rank) * width;
            for (int i = 0; i < width; i++) {
                mean[i] += rows[at + i] / (double) count;
            }
        }
        double distance = 0;
        for (int rank = 0; rank < count; rank++) {
            distance += distance(rows, neighbours.row(query, rank) * width, mean);
        }
        return distance / count / norm(mean);
    }

    private static double distance(float[] rows, int at, double[] mean) {
        double square = 0;
        for (int i = 0; i < mean.length; i++) {
            double difference = rows[at + i] - mean[i];
            square += difference * difference;
        }
        return Math.sqrt(square);
    }

    private static double norm(double[] vector) {
        double square = 0;
        for (double value : vector) {
            square += value * value;
        }
        return Math.sqrt(square);
    }
}
