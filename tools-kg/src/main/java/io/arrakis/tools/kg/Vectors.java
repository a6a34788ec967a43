package io.arrakis.tools.kg;

/** Plain arithmetic on rows. */
final class Vectors {

    private Vectors() {}

    /** Returns the mean of the rows. */
    static double[] mean(HeapMatrix rows) {
        double[] mean = new double[rows.columns()];
        for (int i = 0; i < rows.values().length; i++) {
            mean[i % mean.length] += rows.values()[i];
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= rows.rows();
        }
        return mean;
    }

    /** Returns the rows less a vector. */
    static HeapMatrix minus(HeapMatrix rows, double[] vector) {
        HeapMatrix result = HeapMatrix.zeros(rows.rows(), rows.columns());
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = (float) (rows.values()[i] - vector[i % vector.length]);
        }
        return result;
    }

    /** Returns the rows scaled to length 1; a row of zeros stays as it is. */
    static HeapMatrix unit(HeapMatrix rows) {
        HeapMatrix result = HeapMatrix.zeros(rows.rows(), rows.columns());
        for (int row = 0; row < rows.rows(); row++) {
            double length = Math.sqrt(dot(rows, row, rows, row));
            for (int j = 0; j < rows.columns() && length > 0; j++) {
                result.values()[row * rows.columns() + j] = (float) (rows.at(row, j) / length);
            }
        }
        return result;
    }

    /** Returns the inner product of two rows. */
    static double dot(HeapMatrix a, int row, HeapMatrix b, int other) {
        double sum = 0;
        int columns = a.columns();
        for (int j = 0; j < columns; j++) {
            sum += (double) a.values()[row * columns + j] * b.values()[other * columns + j];
        }
        return sum;
    }

    /** Returns the rows with each column multiplied by its factor. */
    static HeapMatrix scaled(HeapMatrix rows, double[] factors) {
        HeapMatrix result = HeapMatrix.zeros(rows.rows(), rows.columns());
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = (float) (rows.values()[i] * factors[i % rows.columns()]);
        }
        return result;
    }

    /** Returns some rows, a copy. */
    static HeapMatrix rows(HeapMatrix rows, int[] chosen) {
        HeapMatrix result = HeapMatrix.zeros(chosen.length, rows.columns());
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(
                    rows.values(), chosen[i] * rows.columns(), result.values(), i * rows.columns(), rows.columns());
        }
        return result;
    }

    /** Returns some columns of all rows. */
    static HeapMatrix columns(HeapMatrix rows, int from, int count) {
        HeapMatrix result = HeapMatrix.zeros(rows.rows(), count);
        for (int row = 0; row < rows.rows(); row++) {
            System.arraycopy(rows.values(), row * rows.columns() + from, result.values(), row * count, count);
        }
        return result;
    }
}
