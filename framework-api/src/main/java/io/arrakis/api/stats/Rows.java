package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;

/** Checks and loops on matrices that are arrays of rows. */
final class Rows {

    private Rows() {}

    /** Checks that there are rows, of one positive length, with finite values. */
    static void requireMatrix(double[][] rows) {
        Require.notEmpty("rows", rows.length);
        int features = rows[0].length;
        Require.notEmpty("rows[0]", features);
        for (int i = 0; i < rows.length; i++) {
            requireRow("rows[" + i + "]", rows[i], features);
        }
    }

    static void requireRow(String name, double[] row, int features) {
        requireLength(name, row.length, features);
        Require.finite(name, row);
    }

    static void requireLength(String name, int length, int features) {
        Require.that(
                length == features,
                Reason.LENGTHS_DIFFER,
                "%s has %d features, but %d are expected",
                name,
                length,
                features);
    }

    /** Copies a row to one of higher precision and the same length. */
    static void widen(float[] row, double[] widened) {
        for (int j = 0; j < row.length; j++) {
            widened[j] = row[j];
        }
    }

    /** Returns the inner product with the part of a vector that begins at an offset; four sums, which run side by side. */
    static double dot(double[] row, double[] vector, int offset) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int whole = row.length & ~3;
        for (int j = 0; j < whole; j += 4) {
            a += row[j] * vector[offset + j];
            b += row[j + 1] * vector[offset + j + 1];
            c += row[j + 2] * vector[offset + j + 2];
            d += row[j + 3] * vector[offset + j + 3];
        }
        for (int j = whole; j < row.length; j++) {
            a += row[j] * vector[offset + j];
        }
        return a + b + (c + d);
    }

    /** Adds a multiple of a row to the part of a vector that begins at an offset. */
    static void addTo(double[] vector, int offset, double[] row, double factor) {
        for (int j = 0; j < row.length; j++) {
            vector[offset + j] += factor * row[j];
        }
    }
}
