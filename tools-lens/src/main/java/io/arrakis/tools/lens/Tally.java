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

/** One score of every site (a head, a position of a block) over many inputs. Inputs are independent. */
final class Tally {

    /** So many inputs leave two to choose a site on and two to measure it on. */
    private static final int FEWEST_TO_HALVE = 4;

    private static final int RESAMPLES = 1_000;

    private final List<double[]> inputs = new ArrayList<>();

    /**
     * The site with the highest score.
     *
     * @param site    its number
     * @param value   its mean score
     * @param heldOut whether it was chosen on inputs of even number and measured on those of odd number
     */
    record Best(int site, Estimate value, boolean heldOut) {}

    /** Adds the score of every head over one input, as {@link #add(double[])}. */
    void add(List<List<AttentionPattern>> patterns, ToDoubleFunction<AttentionPattern> score) {
        add(patterns.stream().flatMap(List::stream).mapToDouble(score).toArray());
    }

    /** Adds the score of every site over one input; an input for which it is not defined is left out. */
    void add(double[] scores) {
        if (Arrays.stream(scores).noneMatch(Double::isNaN)) {
            inputs.add(scores);
        }
    }

    /** Returns the number of inputs for which the score is defined. */
    int size() {
        return inputs.size();
    }

    /** Returns the mean of a site over all inputs; NaN where there is none. */
    double mean(int site) {
        return mean(site, input -> true);
    }

    /** Returns the mean over all sites and inputs. */
    double meanOfSites() {
        return inputs.stream().flatMapToDouble(Arrays::stream).average().orElse(Double.NaN);
    }

    /** Returns the best site: where there are inputs enough, measured on others than it was chosen on. */
    Best best(SeededRandom random) {
        boolean halve = size() >= FEWEST_TO_HALVE;
        int site = best(input -> !halve || !measures(input));
        Estimate value = halve ? estimate(site, Tally::measures, random) : Estimate.withoutInterval(mean(site));
        return new Best(site, value, halve);
    }

    private int best(IntPredicate which) {
        int best = 0;
        for (int site = 1; site < inputs.get(0).length; site++) {
            best = mean(site, which) > mean(best, which) ? site : best;
        }
        return best;
    }

    /** Returns the mean of a site with its interval, 0.95 by a bootstrap over inputs; without one of a single input. */
    Estimate estimate(int site, SeededRandom random) {
        return size() < 2 ? Estimate.withoutInterval(mean(site)) : estimate(site, input -> true, random);
    }

    private Estimate estimate(int site, IntPredicate which, SeededRandom random) {
        double[] values = IntStream.range(0, inputs.size())
                .filter(which)
                .mapToDouble(input -> inputs.get(input)[site])
                .toArray();
        Interval interval = Bootstrap.ofUnits(values.length)
                .withResamples(RESAMPLES)
                .percentile(units -> mean(values, units), random);
        return new Estimate(interval.estimate(), interval.low(), interval.high());
    }

    private static double mean(double[] values, int[] units) {
        return Arrays.stream(units).mapToDouble(unit -> values[unit]).average().orElseThrow();
    }

    private double mean(int site, IntPredicate which) {
        return IntStream.range(0, inputs.size())
                .filter(which)
                .mapToDouble(input -> inputs.get(input)[site])
                .average()
                .orElse(Double.NaN);
    }

    /** Returns whether an input measures a site that was chosen on others, where inputs are halved. */
    static boolean measures(int input) {
        return input % 2 != 0;
    }
}
