package io.arrakis.tools.kg;

import io.arrakis.api.stats.SeededRandom;

/** How the singular values of a head are spread, and how they would be by chance. */
final class Spectrum {

    private Spectrum() {}

    /** Returns each square over the sum of the squares; zeros where all are zero. */
    static double[] shares(double[] values) {
        double[] shares = new double[values.length];
        double sum = sum(values, 2);
        for (int i = 0; i < values.length; i++) {
            shares[i] = sum == 0 ? 0 : values[i] * values[i] / sum;
        }
        return shares;
    }

    /**
     * Returns the participation ratio {@code (sum s^2)^2 / sum s^4}: how many equal components would be as spread; 1 to the number
     * of values, 0 where all are zero.
     */
    static double participationRatio(double[] values) {
        double fourth = sum(values, 4);
        double second = sum(values, 2);
        return fourth == 0 ? 0 : second * second / fourth;
    }

    /** Returns the root of the sum of the squares. */
    static double norm(double[] values) {
        return Math.sqrt(sum(values, 2));
    }

    private static double sum(double[] values, int power) {
        double sum = 0;
        for (double value : values) {
            sum += Math.pow(value, power);
        }
        return sum;
    }

    /**
     * Returns the triangle of a QR of a Gaussian matrix with the column norms of a factor. Its entries are drawn directly (the
     * diagonal from chi distributions, what is above from the normal), so that no tall matrix is made.
     *
     * @see "Edelman and Rao 2005, Random Matrix Theory: Gaussian matrices, QR"
     */
    static HeapMatrix gaussianTriangle(HeapMatrix factor, SeededRandom random) {
        int columns = factor.columns();
        HeapMatrix triangle = HeapMatrix.zeros(columns, columns);
        for (int column = 0; column < columns; column++) {
            double[] drawn = new double[column + 1];
            double squares = 0;
            for (int row = 0; row <= column; row++) {
                drawn[row] = row < column ? random.nextGaussian() : chi(factor.rows() - column, random);
                squares += drawn[row] * drawn[row];
            }
            double scale = columnNorm(factor, column) / Math.sqrt(squares);
            for (int row = 0; row <= column; row++) {
                triangle.values()[row * columns + column] = (float) (drawn[row] * scale);
            }
        }
        return triangle;
    }

    /** A chi-distributed number, by Marsaglia and Tsang's method for gamma distributions. */
    private static double chi(int degrees, SeededRandom random) {
        if (degrees < 2) {
            return Math.abs(random.nextGaussian()) * Math.max(degrees, 0);
        }
        double d = degrees / 2.0 - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return Math.sqrt(2 * d * v);
            }
        }
    }

    private static double columnNorm(HeapMatrix factor, int column) {
        double squares = 0;
        for (int row = 0; row < factor.rows(); row++) {
            double value = factor.at(row, column);
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
