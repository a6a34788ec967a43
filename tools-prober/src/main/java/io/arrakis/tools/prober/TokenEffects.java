package io.arrakis.tools.prober;

import io.arrakis.api.stats.Moments;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What one neuron adds to the score of each token, less what it adds to all.
 *
 * @param spread    standard deviation over tokens
 * @param skewness  above 0 where it promotes some tokens more than it suppresses others
 * @param kurtosis  excess: large where few tokens take most of the effect, 0 for a Gaussian
 * @param promoted  the tokens with the largest effects, largest first
 * @param suppressed the tokens with the smallest effects, smallest first
 */
record TokenEffects(double spread, double skewness, double kurtosis, Ranked promoted, Ranked suppressed) {

    /**
     * Some tokens.
     *
     * @param ids     their ids
     * @param effects on their scores
     */
    record Ranked(int[] ids, double[] effects) {}

    /**
     * Describes the effects of a neuron.
     *
     * @param scores what it adds to each token; not all the same
     * @param top    tokens of each side
     */
    static TokenEffects of(double[] scores, int top) {
        double mean = Moments.mean(scores);
        double[] effects = Arrays.stream(scores).map(score -> score - mean).toArray();
        Comparator<Integer> largest =
                Comparator.<Integer>comparingDouble(token -> -effects[token]).thenComparing(Comparator.naturalOrder());
        return new TokenEffects(
                Moments.standardDeviation(effects),
                Moments.skewness(effects),
                Moments.kurtosis(effects),
                ranked(first(top, effects.length, largest), effects),
                ranked(first(top, effects.length, largest.reversed()), effects));
    }

    /** Returns the first tokens of an order, without sorting all: there are many, and this is done for many neurons. */
    private static int[] first(int count, int tokens, Comparator<Integer> order) {
        PriorityQueue<Integer> first = new PriorityQueue<>(order.reversed());
        for (int token = 0; token < tokens; token++) {
            if (first.size() == count && order.compare(token, first.peek()) < 0) {
                first.remove();
            }
            if (first.size() < count) {
                first.add(token);
            }
        }
        return first.stream().sorted(order).mapToInt(Integer::intValue).toArray();
    }

    private static Ranked ranked(int[] ids, double[] effects) {
        return new Ranked(ids, Arrays.stream(ids).mapToDouble(id -> effects[id]).toArray());
    }
}
