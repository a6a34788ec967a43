package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The directions in which the rows of a layer vary most, by subspace iteration on their covariance.
 *
 * <p>Costs rows x d_model^2 multiply-adds once, and memory for two d_model x d_model matrices.
 *
 * @see "Mu and Viswanath 2018, All-but-the-Top: Simple and Effective Postprocessing for Word Representations"
 */
final class TopDirections {

    private static final int BLOCK = 4096;
    private static final int ITERATIONS = 100;

    private final Activations activations;
    private final HookName hook;
    private final double[] mean;
    private final LinearAlgebra linearAlgebra;

    TopDirections(Activations activations, HookName hook, double[] mean, LinearAlgebra linearAlgebra) {
        this.activations = activations;
        this.hook = hook;
        this.mean = mean;
        this.linearAlgebra = linearAlgebra;
    }

    /** Returns unit vectors, one after the other, largest variance first. */
    double[] find(int count) {
        int width = mean.length;
        try (INDArray covariance = covariance()) {
            INDArray directions = start(width, count);
            for (int i = 0; i < ITERATIONS; i++) {
                directions = improved(covariance, directions);
            }
            try (INDArray rows = directions.transpose().dup('c')) {
                return rows.data().asDouble();
            } finally {
                directions.close();
            }
        }
    }

    private INDArray improved(INDArray covariance, INDArray directions) {
        try (directions;
                INDArray product = linearAlgebra.product(covariance, false, directions, false)) {
            LinearAlgebra.Qr factors = linearAlgebra.thinQr(product);
            factors.r().close();
            return factors.q();
        }
    }

    private static INDArray start(int width, int count) {
        SeededRandom random = SeededRandom.of(0, "top directions");
        double[] values = new double[width * count];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Nd4j.createFromArray(values).reshape('c', width, count);
    }

    private INDArray covariance() {
        int width = mean.length;
        int rows = activations.rows().count();
        INDArray sum = Nd4j.zeros(DataType.DOUBLE, width, width);
        for (int first = 0; first < rows; first += BLOCK) {
            int end = Math.min(rows, first + BLOCK);
            try (INDArray block = centred(activations.gather(hook, RowRange.of(first, end)));
                    INDArray product = linearAlgebra.product(block, true, block, false)) {
                sum.addi(product);
            }
        }
        return sum.divi(rows);
    }

    private INDArray centred(float[] rows) {
        double[] values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = rows[i] - mean[i % mean.length];
        }
        return Nd4j.createFromArray(values).reshape('c', rows.length / mean.length, mean.length);
    }
}
