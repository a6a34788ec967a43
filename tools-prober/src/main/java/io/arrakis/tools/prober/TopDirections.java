package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The directions in which the rows of a layer vary most, by subspace iteration on their covariance.
 *
 * <p>Rows are changed by a space whose mean is 0 first. Costs 50,000 x d_model^2 multiply-adds, and memory for two d_model x d_model matrices.
 *
 * @see "Mu and Viswanath 2018, All-but-the-Top: Simple and Effective Postprocessing for Word Representations"
 */
final class TopDirections {

    private static final int BLOCK = 4096;

    /** Rows that suffice for a covariance. */
    private static final int ENOUGH = 50_000;

    private static final int ITERATIONS = 100;

    private final Activations activations;
    private final HookName hook;
    private final VectorSpace space;
    private final LinearAlgebra linearAlgebra;

    TopDirections(Activations activations, HookName hook, VectorSpace space, LinearAlgebra linearAlgebra) {
        this.activations = activations;
        this.hook = hook;
        this.space = space;
        this.linearAlgebra = linearAlgebra;
    }

    /** Returns unit vectors, one after the other, largest variance first. */
    double[] find(int count) {
        int width = space.width();
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
        int width = space.width();
        int[] rows = spread(activations.rows().count());
        INDArray sum = Nd4j.zeros(DataType.DOUBLE, width, width);
        for (int first = 0; first < rows.length; first += BLOCK) {
            int[] chosen = Arrays.copyOfRange(rows, first, Math.min(rows.length, first + BLOCK));
            try (INDArray block = changed(activations.gather(hook, chosen));
                    INDArray product = linearAlgebra.product(block, true, block, false)) {
                sum.addi(product);
            }
        }
        return sum.divi(rows.length);
    }

    /** Returns all rows, or as many as suffice, evenly spread. */
    private static int[] spread(int rows) {
        int step = Math.max(1, rows / ENOUGH);
        return IntStream.iterate(0, row -> row < rows, row -> row + step).toArray();
    }

    private INDArray changed(float[] rows) {
        int width = space.width();
        space.apply(rows, rows.length / width);
        double[] values = new double[rows.length];
        Arrays.setAll(values, i -> rows[i]);
        return Nd4j.createFromArray(values).reshape('c', rows.length / width, width);
    }
}
