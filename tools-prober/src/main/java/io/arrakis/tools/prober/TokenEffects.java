package io.arrakis.tools.prober;

import io.arrakis.api.stats.Moments;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

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
        int[] order = IntStream.range(0, effects.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(token -> -effects[token]))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = Math.min(top, order.length);
        return new TokenEffects(
                Moments.standardDeviation(effects),
                Moments.skewness(effects),
                Moments.kurtosis(effects),
                ranked(Arrays.copyOf(order, count), effects),
                ranked(
                        IntStream.range(0, count)
                                .map(i -> order[order.length - 1 - i])
                                .toArray(),
                        effects));
    }

    private static Ranked ranked(int[] ids, double[] effects) {
        return new Ranked(ids, Arrays.stream(ids).mapToDouble(id -> effects[id]).toArray());
    }
}
