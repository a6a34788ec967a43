package io.arrakis.benchmarks.linalg;

import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Made-up matrices. */
final class Numbers {

    private Numbers() {}

    /** Returns a row-major float32 matrix of normally distributed numbers. */
    static INDArray normal(int rows, int columns, int seed) {
        return Nd4j.create(draw(rows, columns, seed), new long[] {rows, columns}, 'c');
    }

    /** Returns normally distributed rows of length 1. */
    static INDArray unitRows(int rows, int columns, int seed) {
        float[] values = draw(rows, columns, seed);
        for (int row = 0; row < rows; row++) {
            double squares = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                squares += (double) values[i] * values[i];
            }
            float scale = (float) (1 / Math.sqrt(squares));
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                values[i] *= scale;
            }
        }
        return Nd4j.create(values, new long[] {rows, columns}, 'c');
    }

    private static float[] draw(int rows, int columns, int seed) {
        Random random = new Random(seed);
        float[] values = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
