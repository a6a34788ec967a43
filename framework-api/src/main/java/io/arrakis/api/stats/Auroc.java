package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/**
 * Area under the ROC curve: the probability that a true unit has a larger score than a false one, ties counting one half.
 *
 * <p>Between 0 and 1; 1 means that the scores separate the classes with the true ones above, 0 with the true ones below, and
 * 0.5 is chance. Constant scores give 0.5 exactly. Computed from mid-ranks, in float64. Stateless and safe to call from
 * several threads, except for the statistic for resampling.
 *
 * @see "Hanley and McNeil 1982, The Meaning and Use of the Area under a Receiver Operating Characteristic Curve"
 */
@Stable
public final class Auroc {

    private Auroc() {}

    /**
     * Returns the area. Costs O(n log n).
     *
     * @param scores finite
     * @param labels as many, with at least one of each class
     * @throws UnusableSampleException if lengths differ, a score is not finite, or a class is missing
     */
    public static double of(double[] scores, boolean[] labels) {
        Require.sameLength("scores", scores.length, "labels", labels.length);
        int positives = Require.bothClasses(labels);
        return fromRanks(Ranking.of("scores", scores).ranks(), labels, positives);
    }

    /**
     * Returns the area. Costs O(n log n).
     *
     * @param scores finite
     * @param labels as many, with at least one of each class
     * @throws UnusableSampleException if lengths differ, a score is not finite, or a class is missing
     */
    public static double of(float[] scores, boolean[] labels) {
        Require.sameLength("scores", scores.length, "labels", labels.length);
        int positives = Require.bothClasses(labels);
        Require.finite("scores", scores);
        return fromRanks(Ranks.of(scores), labels, positives);
    }

    /**
     * Returns the area from the sum of the mid-ranks of the true units: {@code (R - p(p + 1)/2) / (p q)}.
     *
     * @param rankSum   between p(p + 1)/2 and that plus p q
     * @param positives p, the number of true units, at least 1
     * @param negatives q, the number of false units, at least 1
     * @throws UnusableSampleException if a number is out of its range
     */
    public static double fromRankSum(double rankSum, int positives, int negatives) {
        requireCounts(positives, negatives);
        double smallest = 0.5 * positives * (positives + 1.0);
        double pairs = (double) positives * negatives;
        double value = (rankSum - smallest) / pairs;
        Require.that(
                value >= 0 && value <= 1,
                Reason.OUT_OF_RANGE,
                "a rank sum of %d among %d units lies between %s and %s, not %s",
                positives,
                (long) positives + negatives,
                smallest,
                smallest + pairs,
                rankSum);
        return value;
    }

    /** Returns the area's statistic for {@link Bootstrap}; it sorts once, so that a resample costs O(n). */
    public static IndexStatistic statistic(double[] scores, boolean[] labels) {
        Require.sameLength("scores", scores.length, "labels", labels.length);
        Ranking ranking = Ranking.of("scores", scores);
        boolean[] kept = labels.clone();
        return units -> {
            boolean[] chosen = Samples.pick(kept, units);
            return fromRanks(ranking.ranks(units), chosen, Require.bothClasses(chosen));
        };
    }

    /** Returns on which side of one half an area lies. */
    public static Direction direction(double auroc) {
        requireArea(auroc);
        if (auroc == 0.5) {
            return Direction.NONE;
        }
        return auroc > 0.5 ? Direction.HIGHER_FOR_TRUE : Direction.LOWER_FOR_TRUE;
    }

    /**
     * Returns the area of the scores or of their negatives, whichever is larger: between 0.5 and 1. It is biased upwards, so
     * choose the {@link #direction} on other units than those that are reported.
     */
    public static double unsigned(double auroc) {
        requireArea(auroc);
        return Math.max(auroc, 1 - auroc);
    }

    /**
     * Returns a score interval, which stays sensible for few units and for perfect separation. It needs no scores: the
     * variance at an area A is {@code A(1-A)(1 + N(1-A)/(2-A) + N A/(1+A)) / (p q)} with {@code N = (p+q)/2 - 1}, and the ends
     * are where the estimate lies z standard deviations away. Costs nothing worth saying.
     *
     * @param auroc     the estimate, 0 to 1
     * @param positives p, the number of true units, at least 1
     * @param negatives q, the number of false units, at least 1
     * @param level     nominal coverage, for example 0.95
     * @see "Newcombe 2006, Confidence intervals for an effect size measure based on the Mann-Whitney statistic, part 2"
     */
    public static Interval interval(double auroc, int positives, int negatives, double level) {
        requireArea(auroc);
        requireCounts(positives, negatives);
        Require.level(level);
        double z = Normal.twoSided(level);
        double low = scoreEnd(auroc, 0, positives, negatives, z);
        double high = scoreEnd(auroc, 1, positives, negatives, z);
        return new Interval(auroc, low, high, level);
    }

    /** Returns {@link #interval(double, int, int, double)} of the area of these scores. */
    public static Interval interval(double[] scores, boolean[] labels, double level) {
        double auroc = of(scores, labels);
        int positives = Require.bothClasses(labels);
        return interval(auroc, positives, labels.length - positives, level);
    }

    /**
     * Returns the normal interval with DeLong's variance, cut to [0, 1]. Costs O(n log n).
     *
     * @param scores finite
     * @param labels as many, with at least two of each class
     * @param level  nominal coverage, for example 0.95
     * @throws UnusableSampleException if lengths differ, a score is not finite, a class has fewer than two units, or (reason
     *     {@code CONSTANT}) the scores separate the classes perfectly, where this variance is 0 and the interval would be a
     *     point; {@link #interval(double[], boolean[], double)} serves there
     * @see "DeLong, DeLong and Clarke-Pearson 1988; Sun and Xu 2014 for the computation by ranks"
     */
    public static Interval delong(double[] scores, boolean[] labels, double level) {
        Require.level(level);
        DeLong placement = DeLong.of(scores, labels);
        double variance = placement.variance();
        Require.that(
                variance > 0,
                Reason.CONSTANT,
                "DeLong's variance is 0 for an AUROC of %s: use the score interval, Auroc.interval",
                placement.auroc());
        double half = Normal.twoSided(level) * Math.sqrt(variance);
        double auroc = placement.auroc();
        return new Interval(auroc, Math.max(0, auroc - half), Math.min(1, auroc + half), level);
    }

    /**
     * Returns the normal interval of the difference of two areas on the same units, first minus second, with DeLong's
     * covariance. Between -1 and 1; it leaves 0 out where one score is better than the other. Costs O(n log n).
     *
     * @param first  finite
     * @param second as many, finite
     * @param labels as many, with at least two of each class
     * @param level  nominal coverage, for example 0.95
     * @throws UnusableSampleException as {@link #delong}; with reason {@code CONSTANT} where the two scores order every pair
     *     of a true and a false unit alike
     */
    public static Interval delongDifference(double[] first, double[] second, boolean[] labels, double level) {
        Require.level(level);
        DeLong difference = DeLong.of(first, labels).minus(DeLong.of(second, labels));
        double variance = difference.variance();
        Require.that(
                variance > 0,
                Reason.CONSTANT,
                "the difference of the two areas is %s with variance 0; an interval needs scores that differ in their order",
                difference.auroc());
        double value = difference.auroc();
        double half = Normal.twoSided(level) * Math.sqrt(variance);
        return new Interval(value, Math.max(-1, value - half), Math.min(1, value + half), level);
    }

    private static double fromRanks(double[] ranks, boolean[] labels, int positives) {
        double sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (labels[i]) {
                sum += ranks[i];
            }
        }
        return fromRankSum(sum, positives, labels.length - positives);
    }

    /** Finds by bisection where |A - estimate| is z standard deviations, between the estimate and an end of [0, 1]. */
    private static double scoreEnd(double estimate, double end, int positives, int negatives, double z) {
        double inside = estimate;
        double outside = end;
        while (true) {
            double middle = 0.5 * (inside + outside);
            if (middle == inside || middle == outside) {
                return middle;
            }
            if (Math.abs(middle - estimate) <= z * scoreDeviation(middle, positives, negatives)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
    }

    private static double scoreDeviation(double area, int positives, int negatives) {
        double n = 0.5 * ((double) positives + negatives) - 1;
        double shape = 1 + n * ((1 - area) / (2 - area) + area / (1 + area));
        return Math.sqrt(area * (1 - area) * shape / ((double) positives * negatives));
    }

    private static void requireArea(double auroc) {
        Require.that(auroc >= 0 && auroc <= 1, Reason.OUT_OF_RANGE, "an AUROC lies between 0 and 1, not at %s", auroc);
    }

    private static void requireCounts(int positives, int negatives) {
        Require.that(
                positives > 0 && negatives > 0,
                Reason.ONE_CLASS,
                "%d true and %d false units; both classes need at least one",
                positives,
                negatives);
    }
}
