package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/** Intervals and tail probabilities of a share. */
@Stable
public final class Binomial {

    private Binomial() {}

    /**
     * Returns Wilson's score interval: close to its nominal coverage on average, within [0, 1], and no point even for 0 or all
     * successes.
     *
     * @param successes 0 to trials
     * @param trials    at least 1
     * @param level     nominal coverage, for example 0.95
     * @throws UnusableSampleException if a number is out of range
     * @see "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference"
     */
    public static Interval wilson(int successes, int trials, double level) {
        requireCounts(successes, trials);
        Require.level(level);
        double z = Normal.twoSided(level);
        double share = (double) successes / trials;
        double weight = 1 + z * z / trials;
        double centre = (share + z * z / (2.0 * trials)) / weight;
        double half = z / weight * Math.sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
        double low = successes == 0 ? 0 : Math.max(0, centre - half);
        double high = successes == trials ? 1 : Math.min(1, centre + half);
        return new Interval(share, low, high, level);
    }

    /**
     * Returns Clopper and Pearson's exact interval: its coverage is never below the nominal one, and mostly above.
     *
     * @param successes 0 to trials
     * @param trials    at least 1
     * @param level     nominal coverage, for example 0.95
     * @throws UnusableSampleException if a number is out of range
     * @see "Clopper and Pearson 1934, The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial"
     */
    public static Interval clopperPearson(int successes, int trials, double level) {
        requireCounts(successes, trials);
        Require.level(level);
        double tail = 0.5 * (1 - level);
        double low = successes == 0 ? 0 : Beta.quantile(tail, successes, trials - successes + 1.0);
        double high = successes == trials ? 1 : Beta.upperQuantile(tail, successes + 1.0, trials - successes);
        return new Interval((double) successes / trials, low, high, level);
    }

    /**
     * Returns the probability of at least so many successes.
     *
     * @param successes   0 to trials
     * @param trials      at least 1
     * @param probability of a success, 0 to 1
     * @throws UnusableSampleException if a number is out of range
     */
    public static double atLeast(int successes, int trials, double probability) {
        requireCounts(successes, trials);
        Require.that(
                probability >= 0 && probability <= 1,
                Reason.OUT_OF_RANGE,
                "probability is %s, but must lie between 0 and 1",
                probability);
        return successes == 0 ? 1 : Beta.cdf(probability, successes, trials - successes + 1.0);
    }

    private static void requireCounts(int successes, int trials) {
        Require.positive("trials", trials);
        Require.that(
                successes >= 0 && successes <= trials,
                Reason.OUT_OF_RANGE,
                "%d successes in %d trials cannot be",
                successes,
                trials);
    }
}
