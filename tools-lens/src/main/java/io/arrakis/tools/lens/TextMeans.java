package io.arrakis.tools.lens;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.SeededRandom;
import java.util.stream.IntStream;

/** The mean of a number over all places of many texts; texts, not places, are independent. */
final class TextMeans {

    private static final int RESAMPLES = 1_000;

    private final double[] sums;
    private final int[] counts;

    TextMeans(int texts) {
        sums = new double[texts];
        counts = new int[texts];
    }

    void add(int text, double value) {
        sums[text] += value;
        counts[text]++;
    }

    /** Returns how many numbers were added. */
    int count() {
        return IntStream.of(counts).sum();
    }

    /** Returns the mean; NaN where nothing was added. */
    double mean() {
        return mean(IntStream.range(0, sums.length).toArray());
    }

    /** Returns the mean with its interval, 0.95 by a bootstrap over texts; without one where fewer than two texts count. */
    Estimate estimate(SeededRandom random) {
        int[] used = IntStream.range(0, sums.length).filter(i -> counts[i] > 0).toArray();
        if (used.length < 2) {
            return Estimate.withoutInterval(mean());
        }
        Interval interval = Bootstrap.ofUnits(used.length)
                .withResamples(RESAMPLES)
                .percentile(
                        units ->
                                mean(IntStream.of(units).map(unit -> used[unit]).toArray()),
                        random);
        return new Estimate(interval.estimate(), interval.low(), interval.high());
    }

    private double mean(int[] texts) {
        double sum = 0;
        long count = 0;
        for (int text : texts) {
            sum += sums[text];
            count += counts[text];
        }
        return sum / count;
    }
}
