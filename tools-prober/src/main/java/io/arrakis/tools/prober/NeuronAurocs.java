package io.arrakis.tools.prober;

import io.arrakis.api.stats.Auroc;
import io.arrakis.api.stats.LabelPermutation;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * AUROC of every neuron under one arrangement of the labels or several.
 *
 * @param values {@code [arrangement][unit]}
 */
record NeuronAurocs(double[][] values) {

    /**
     * Computes them from the ranks of chosen texts.
     *
     * @param arrangements ones and zeros {@code [arrangements, texts]}, row-major, each with as many ones as there are labels
     */
    static NeuronAurocs of(NeuronRanks ranks, int[] chosen, LabelPermutation labels, float[] arrangements) {
        int count = arrangements.length / chosen.length;
        double[][] values = new double[count][ranks.neurons()];
        ranks.rankSums(chosen, arrangements, (first, units, sums) -> {
            for (int i = 0; i < units; i++) {
                for (int b = 0; b < count; b++) {
                    values[b][first + i] =
                            Auroc.fromRankSum(sums[i * count + b], labels.positives(), labels.negatives());
                }
            }
        });
        return new NeuronAurocs(values);
    }

    /** Returns the units farthest from 0.5 under an arrangement, the smaller number first where two are as far. */
    int[] best(int arrangement, int count) {
        double[] aurocs = values[arrangement];
        return IntStream.range(0, aurocs.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(unit -> -Math.abs(aurocs[unit] - 0.5)))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Returns 1 where a unit is larger for true texts, -1 where it is smaller. */
    int sign(int arrangement, int unit) {
        return values[arrangement][unit] >= 0.5 ? 1 : -1;
    }
}
