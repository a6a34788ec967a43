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

    /** Ranks by counting what is smaller and what is equal. */
    static double[][] columnRanks(double[][] a) {
        double[][] result = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                for (double[] other : a) {
                    result[i][j] += other[j] < a[i][j] ? 1 : other[j] == a[i][j] ? 0.5 : 0;
                }
                result[i][j] += 0.5;
            }
        }
        return result;
    }

    /** Factors by modified Gram-Schmidt, twice; for matrices of full rank. */
    static double[][] orthonormalColumns(double[][] a) {
        double[][] columns = transpose(a);
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < columns.length; j++) {
                for (int i = 0; i < j; i++) {
                    double along = dot(columns[i], columns[j]);
                    for (int row = 0; row < a.length; row++) {
                        columns[j][row] -= along * columns[i][row];
                    }
                }
                double norm = Math.sqrt(dot(columns[j], columns[j]));
                for (int row = 0; row < a.length; row++) {
                    columns[j][row] /= norm;
                }
            }
        }
        return transpose(columns);
    }

    /** Finds singular values, largest first, by one-sided Jacobi rotations of the columns. */
    static double[] singularValues(double[][] a) {
        double[][] columns = a.length < a[0].length ? copy(a) : transpose(a);
        boolean rotated = true;
        while (rotated) {
            rotated = false;
            for (int i = 0; i < columns.length; i++) {
                for (int j = i + 1; j < columns.length; j++) {
                    rotated |= rotate(columns[i], columns[j]);
                }
            }
        }
        double[] values = Arrays.stream(columns)
                .mapToDouble(column -> -Math.sqrt(dot(column, column)))
                .sorted()
                .toArray();
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    private static boolean rotate(double[] x, double[] y) {
        double xy = dot(x, y);
        double xx = dot(x, x);
        double yy = dot(y, y);
        if (Math.abs(xy) <= 1e-15 * Math.sqrt(xx * yy)) {
            return false;
        }
        double zeta = (yy - xx) / (2 * xy);
        double tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        for (int i = 0; i < x.length; i++) {
            double old = x[i];
            x[i] = cosine * (old - tangent * y[i]);
            y[i] = cosine * (tangent * old + y[i]);
        }
        return true;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double[][] copy(double[][] a) {
        return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    }
}
