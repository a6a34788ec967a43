package io.arrakis.tools.prober;

import io.arrakis.api.stats.LabelPermutation;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * How much better than chance each neuron of a layer detects one concept.
 *
 * <p>The level of chance is that of the best of all neurons: 95% of arrangements of the labels leave every neuron below it.
 *
 * @param name   of the concept
 * @param level  average precision that counts as chance
 * @param excess of each neuron, its average precision above that level; 0 where it is not above
 */
record DetectedConcept(String name, double level, double[] excess) {

    private static final double QUANTILE = 0.95;

    /**
     * Measures all neurons.
     *
     * @param column       the responses of a neuron to the texts
     * @param neurons      their number
     * @param labels       which texts have the concept, both at least once
     * @param permutations arrangements of the labels
     */
    static DetectedConcept of(
            String name,
            IntFunction<double[]> column,
            int neurons,
            boolean[] labels,
            int permutations,
            SeededRandom random) {
        LabelPermutation shuffles = LabelPermutation.of(labels);
        boolean[][] arrangements = new boolean[permutations][];
        Arrays.setAll(arrangements, permutation -> shuffles.shuffled(random.child(permutation)));
        double[] observed = new double[neurons];
        double[] largest = new double[permutations];
        for (int neuron = 0; neuron < neurons; neuron++) {
            PrecisionRanking ranking = new PrecisionRanking(column.apply(neuron));
            observed[neuron] = ranking.of(labels);
            for (int permutation = 0; permutation < permutations; permutation++) {
                largest[permutation] = Math.max(largest[permutation], ranking.of(arrangements[permutation]));
            }
        }
        Arrays.sort(largest);
        double level = largest[(int) Math.ceil(QUANTILE * permutations) - 1];
        return new DetectedConcept(
                name,
                level,
                Arrays.stream(observed).map(ap -> Math.max(0, ap - level)).toArray());
    }
}
