package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.LinearAlgebra;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The largest deviation of a rank sum over all units, for each of many permutations of the labels. */
final class MaxTWorkload implements Workload {

    private final int texts;
    private final int units;
    private final int permutations;
    private final INDArray responses;
    private final INDArray labels;

    MaxTWorkload(int units, int texts, int permutations) {
        this.texts = texts;
        this.units = units;
        this.permutations = permutations;
        this.responses = Numbers.normal(texts, units, 1);
        this.labels = Nd4j.create(halves(), new long[] {permutations, texts}, 'c');
    }

    /** Gives half of the texts label 1, in a random order for each permutation. */
    private float[] halves() {
        Random random = new Random(2);
        float[] result = new float[permutations * texts];
        for (int first = 0; first < result.length; first += texts) {
            for (int i = 0; i < texts; i++) {
                int other = random.nextInt(i + 1);
                result[first + i] = result[first + other];
                result[first + other] = i < texts / 2 ? 1 : 0;
            }
        }
        return result;
    }

    @Override
    public void run(LinearAlgebra linearAlgebra) {
        float expected = texts / 2 * (texts + 1) / 2f;
        float[] largest = new float[permutations];
        try (INDArray ranks = linearAlgebra.columnRanks(responses)) {
            linearAlgebra.productRows(labels, ranks, (first, count, sums) -> {
                for (int row = 0; row < count; row++) {
                    largest[first + row] = largestDeviation(sums, row * units, expected);
                }
            });
        }
        float possible = (texts / 2) * (texts - texts / 2) / 2f;
        for (float deviation : largest) {
            Workload.require(deviation > 0 && deviation <= possible, "a deviation of " + deviation);
        }
    }

    private float largestDeviation(float[] sums, int offset, float expected) {
        float largest = 0;
        for (int i = offset; i < offset + units; i++) {
            largest = Math.max(largest, Math.abs(sums[i] - expected));
        }
        return largest;
    }
}
