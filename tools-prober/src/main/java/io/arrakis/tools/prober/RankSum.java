package io.arrakis.tools.prober;

import io.arrakis.api.stats.Ranks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks of words by several scores, weighted and added up.
 *
 * <p>Without one of a word's occurrences that word moves among the others, which stay.
 */
final class RankSum {

    private final double[] sums;
    private final double[][] without;
    private double weights;

    /** Begins with the ranks by one score. */
    RankSum(double weight, List<Sampled> scores) {
        this.sums = new double[scores.size()];
        this.without =
                scores.stream().map(score -> new double[score.without().length]).toArray(double[][]::new);
        plus(weight, scores);
    }

    /** Adds the ranks by another score; where a word can do without no occurrence in one score, it cannot in the sum. */
    RankSum plus(double weight, List<Sampled> scores) {
        double[] values = scores.stream().mapToDouble(Sampled::value).toArray();
        double[] sorted = addRanks(weight, values);
        for (int word = 0; word < sums.length; word++) {
            double[] others = scores.get(word).without();
            if (others.length < without[word].length) {
                without[word] = new double[0];
            }
            for (int i = 0; i < without[word].length; i++) {
                without[word][i] += weight * rank(others[i], values[word], sorted);
            }
        }
        return this;
    }

    /** Adds the ranks by a score that has no occurrences. */
    RankSum plusFixed(double weight, double[] values) {
        double[] sorted = addRanks(weight, values);
        for (int word = 0; word < sums.length; word++) {
            double rank = rank(values[word], values[word], sorted);
            for (int i = 0; i < without[word].length; i++) {
                without[word][i] += weight * rank;
            }
        }
        return this;
    }

    private double[] addRanks(double weight, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        weights += weight;
        if (values.length > 0) {
            double[] ranks = Ranks.of(values);
            for (int word = 0; word < sums.length; word++) {
                sums[word] += weight * ranks[word];
            }
        }
        return sorted;
    }

    /** Returns the mid-rank of a value among those of all other words, whose word had another value before. */
    private static double rank(double value, double before, double[] sorted) {
        int below = countBelow(value, sorted);
        int equal = countBelow(Math.nextUp(value), sorted) - below;
        if (before < value) {
            below--;
        } else if (before == value) {
            equal--;
        }
        return 1 + below + equal / 2.0;
    }

    private static int countBelow(double value, double[] sorted) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the sum of each word as a share of the largest that is possible. */
    List<Sampled> share() {
        double largest = weights * sums.length;
        return IntStream.range(0, sums.length)
                .mapToObj(word -> new Sampled(
                        sums[word] / largest,
                        Arrays.stream(without[word]).map(sum -> sum / largest).toArray()))
                .toList();
    }
}
