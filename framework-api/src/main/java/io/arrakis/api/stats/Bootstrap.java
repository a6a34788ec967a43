package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;
import java.util.Locale;

/**
 * Bootstrap intervals of any statistic over independent units.
 *
 * <pre>{@code
 * Bootstrap overWords = Bootstrap.ofUnits(words.size());
 * Interval rho = overWords.bca(Correlation.spearmanStatistic(scores, senses), random);
 * Interval gain = overWords.percentileOfDifference(ours, theirs, random);      // paired: the same resamples for both
 * Interval area = Bootstrap.ofStrata(labels).bca(Auroc.statistic(scores, labels), random);
 * }</pre>
 *
 * <p>What is resampled must be what is independent: words, sentences or pairs, not tokens of one sentence. A statistic may be
 * undefined on a resample by chance (all values equal); such resamples are left out, and if they are more than one in twenty
 * the interval is refused. An instance is immutable and safe to share; intervals depend on the random stream, the statistic and
 * the settings only. With n units, B resamples and a statistic that costs s, the percentile interval costs B s and the BCa
 * interval (B + n) s.
 *
 * @see "Efron 1987, Better Bootstrap Confidence Intervals; Efron and Tibshirani 1993, chapters 13 and 14"
 */
@Stable
public final class Bootstrap {

    private static final int DEFAULT_RESAMPLES = 2_000;
    private static final double DEFAULT_LEVEL = 0.95;
    private static final int FEWEST_RESAMPLES = 100;
    private static final double LARGEST_UNDEFINED_SHARE = 0.05;

    private final Resampler resampler;
    private final int resamples;
    private final double level;

    private Bootstrap(Resampler resampler, int resamples, double level) {
        this.resampler = resampler;
        this.resamples = resamples;
        this.level = level;
    }

    /** Resamples independent units, each as likely as the others: 2,000 resamples, level 0.95. */
    public static Bootstrap ofUnits(int units) {
        Require.atLeast("the sample", units, 2);
        return new Bootstrap(Resampler.ofUnits(units), DEFAULT_RESAMPLES, DEFAULT_LEVEL);
    }

    /**
     * Resamples within strata, so that each keeps its size, as for classes whose sizes were fixed by design.
     *
     * @param strata the stratum of each unit, any numbers; each stratum needs two units
     */
    public static Bootstrap ofStrata(int[] strata) {
        return new Bootstrap(Resampler.ofStrata(Groups.of("strata", strata)), DEFAULT_RESAMPLES, DEFAULT_LEVEL);
    }

    /** Resamples true and false units apart, so that their numbers stay. */
    public static Bootstrap ofStrata(boolean[] labels) {
        Require.bothClasses(labels);
        return ofStrata(Groups.numbers(labels));
    }

    /**
     * Resamples whole clusters of dependent units, such as the occurrences of a word; the number of units varies.
     *
     * @param clusters the cluster of each unit, any numbers; at least two clusters
     */
    public static Bootstrap ofClusters(int[] clusters) {
        return new Bootstrap(Resampler.ofClusters(Groups.of("clusters", clusters)), DEFAULT_RESAMPLES, DEFAULT_LEVEL);
    }

    /** Returns the same bootstrap with another number of resamples, at least 100; intervals want 1,000 or more. */
    public Bootstrap withResamples(int number) {
        Require.that(
                number >= FEWEST_RESAMPLES,
                Reason.TOO_FEW,
                "%d resamples make no interval; take at least %d",
                number,
                FEWEST_RESAMPLES);
        return new Bootstrap(resampler, number, level);
    }

    /** Returns the same bootstrap with another nominal coverage, between 0 and 1. */
    public Bootstrap withLevel(double coverage) {
        Require.level(coverage);
        return new Bootstrap(resampler, resamples, coverage);
    }

    /**
     * Returns the interval between two quantiles of the resampled statistic. First-order accurate; right for statistics
     * without much bias or skew.
     *
     * @throws UnusableSampleException if the statistic is undefined on the sample or on more than one resample in twenty, or
     *     gives a number that is not finite
     */
    public Interval percentile(IndexStatistic statistic, SeededRandom random) {
        double estimate = finite(statistic.of(resampler.everything()));
        double[] sorted = replicates(statistic, random);
        Arrays.sort(sorted);
        double tail = 0.5 * (1 - level);
        return new Interval(estimate, Quantiles.ofSorted(sorted, tail), Quantiles.ofSorted(sorted, 1 - tail), level);
    }

    /**
     * Returns the bias-corrected and accelerated interval. Second-order accurate; the one to take for correlations and areas.
     * The acceleration comes from the jackknife over units (clusters; units within each stratum).
     *
     * @throws UnusableSampleException as {@link #percentile}, and if the statistic is the same on all resamples or jackknife
     *     samples (reason {@code CONSTANT}), where it has no such interval
     */
    public Interval bca(IndexStatistic statistic, SeededRandom random) {
        double estimate = finite(statistic.of(resampler.everything()));
        double[] sorted = replicates(statistic, random);
        Arrays.sort(sorted);
        double acceleration = Bca.acceleration(resampler.jackknife(statistic));
        return Bca.interval(estimate, sorted, acceleration, level);
    }

    /**
     * Returns the percentile interval of the first statistic minus the second, both on the same resamples: the paired
     * comparison of two methods on the same units.
     *
     * @throws UnusableSampleException as {@link #percentile}
     */
    public Interval percentileOfDifference(IndexStatistic first, IndexStatistic second, SeededRandom random) {
        return percentile(units -> first.of(units) - second.of(units), random);
    }

    /**
     * Returns the statistic on each resample, in the order of the resamples, those left out where it is undefined.
     *
     * @throws UnusableSampleException if it is undefined on more than one resample in twenty, or gives a number that is not
     *     finite
     */
    public double[] replicates(IndexStatistic statistic, SeededRandom random) {
        double[] values = new double[resamples];
        int defined = 0;
        UnusableSampleException last = null;
        for (int b = 0; b < resamples; b++) {
            try {
                values[defined] = finite(statistic.of(resampler.draw(random)));
                defined++;
            } catch (UnusableSampleException e) {
                last = requireUndefined(e);
            }
        }
        requireMostDefined(defined, last);
        return Arrays.copyOf(values, defined);
    }

    private static double finite(double value) {
        Require.that(
                Double.isFinite(value),
                Reason.NOT_FINITE,
                "the statistic gave %s; it must give a finite number or say with an UnusableSampleException why there is none",
                value);
        return value + 0.0; // makes the two zeros equal
    }

    /** A resample may lack variation, classes or members by chance; anything else is a fault to be seen. */
    private static UnusableSampleException requireUndefined(UnusableSampleException e) {
        return switch (e.reason()) {
            case CONSTANT, ONE_CLASS, TOO_FEW -> e;
            case EMPTY, NOT_FINITE, OUT_OF_RANGE, LENGTHS_DIFFER, NO_ARRANGEMENT, NOT_CONVERGED -> throw e;
        };
    }

    private void requireMostDefined(int defined, UnusableSampleException last) {
        int undefined = resamples - defined;
        if (undefined > LARGEST_UNDEFINED_SHARE * resamples) {
            throw new UnusableSampleException(
                    last.reason(),
                    String.format(
                            Locale.ROOT,
                            "the statistic is undefined on %d of %d resamples (%s); the sample is too small or too uniform"
                                    + " for a bootstrap",
                            undefined,
                            resamples,
                            last.getMessage()));
        }
    }
}
