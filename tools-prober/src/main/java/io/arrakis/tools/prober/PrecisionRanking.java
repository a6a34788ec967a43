package io.arrakis.tools.prober;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Responses of one neuron in falling order, so that the average precision under many arrangements of the labels costs one pass
 * each. Equal responses enter together, as in {@link io.arrakis.api.stats.AveragePrecision}.
 */
final class PrecisionRanking {

    private final int[] order;
    private final boolean[] endsGroup;

    PrecisionRanking(double[] responses) {
        this.order = IntStream.range(0, responses.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(text -> -responses[text]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.endsGroup = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            endsGroup[i] = i + 1 == order.length || responses[order[i]] != responses[order[i + 1]];
        }
    }

    /** Returns the average precision, above 0 and at most 1; at least one label is true. */
    double of(boolean[] labels) {
        int hits = 0;
        int before = 0;
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            hits += labels[order[i]] ? 1 : 0;
            if (endsGroup[i]) {
                sum += (hits - before) * (double) hits / (i + 1);
                before = hits;
            }
        }
        return sum / hits;
    }
}
