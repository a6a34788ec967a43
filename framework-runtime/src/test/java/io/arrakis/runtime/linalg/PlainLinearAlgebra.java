package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.Neighbours;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The same kernels in a few plain loops in float64: the control of the fast ones. */
final class PlainLinearAlgebra {

    private PlainLinearAlgebra() {}

    static double[][] product(double[][] a, double[][] b) {
        double[][] result = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int inner = 0; inner < b.length; inner++) {
                    result[i][j] += a[i][inner] * b[inner][j];
                }
            }
        }
        return result;
    }

    static double[][] transpose(double[][] a) {
        double[][] result = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    /** Finds neighbours by sorting whole rows. */
    static Neighbours nearest(double[][] queries, double[][] base, int k, Exclusion exclusion) {
        int[] rows = new int[queries.length * k];
        float[] similarities = new float[rows.length];
        Arrays.fill(rows, -1);
        Arrays.fill(similarities, Float.NaN);
        double[][] scores = product(queries, transpose(base));
        for (int i = 0; i < queries.length; i++) {
            int query = i;
            int[] sorted = IntStream.range(0, base.length)
                    .filter(row -> !exclusion.excludes(query, row))
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer row) -> -scores[query][row]))
                    .mapToInt(Integer::intValue)
                    .limit(k)
                    .toArray();
            for (int rank = 0; rank < sorted.length; rank++) {
                rows[i * k + rank] = sorted[rank];
                similarities[i * k + rank] = (float) scores[i][sorted[rank]];
            }
        }
        return new Neighbours(k, rows, similarities);
    }
}
