package io.arrakis.tools.lens;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** One score of every head over many inputs. */
final class HeadTally {

    private final List<double[]> inputs = new ArrayList<>();

    /** Adds the score of every head over one input; an input for which it is not defined is left out. */
    void add(List<List<AttentionPattern>> patterns, ToDoubleFunction<AttentionPattern> score) {
        double[] scores =
                patterns.stream().flatMap(List::stream).mapToDouble(score).toArray();
        if (Arrays.stream(scores).noneMatch(Double::isNaN)) {
            inputs.add(scores);
        }
    }

    /** Returns the number of inputs for which the score is defined. */
    int size() {
        return inputs.size();
    }

    /** Returns the mean of a head over all inputs; NaN where there is none. */
    double mean(int head) {
        return mean(head, input -> true);
    }

    /** Returns the mean over all heads and inputs. */
    double meanOfHeads() {
        return inputs.stream().flatMapToDouble(Arrays::stream).average().orElse(Double.NaN);
    }

    /** Returns the best head on the inputs of even number. */
    int best() {
        int best = 0;
        for (int head = 1; head < inputs.get(0).length; head++) {
            best = mean(head, HeadTally::even) > mean(best, HeadTally::even) ? head : best;
        }
        return best;
    }

    /** Returns the mean of a head on the inputs of odd number, which did not choose it. */
    Estimate heldOut(int head, SeededRandom random) {
        double[] values = IntStream.range(0, inputs.size())
                .filter(input -> !even(input))
                .mapToDouble(input -> inputs.get(input)[head])
                .toArray();
        Interval interval = Bootstrap.ofUnits(values.length)
                .percentile(
                        units -> Arrays.stream(units)
                                .mapToDouble(unit -> values[unit])
                                .average()
                                .orElseThrow(),
                        random);
        return new Estimate(interval.estimate(), interval.low(), interval.high());
    }

    private double mean(int head, IntPredicate which) {
        return IntStream.range(0, inputs.size())
                .filter(which)
                .mapToDouble(input -> inputs.get(input)[head])
                .average()
                .orElse(Double.NaN);
    }

    private static boolean even(int input) {
        return input % 2 == 0;
    }
}
