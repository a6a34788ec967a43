package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/**
 * Average precision: the mean, over the steps of recall, of the precision reached at each.
 *
 * <p>{@code AP = sum_k (R_k - R_{k-1}) P_k} over the distinct scores from the largest down, so that units with equal scores
 * enter together, as in scikit-learn's {@code average_precision_score}. Above 0 and at most 1; 1 means that every true unit
 * scores above every false one. Chance is the share of true units, which constant scores give exactly. Unlike the AUROC it
 * depends on that share: compare it only between samples with the same one.
 */
@Stable
public final class AveragePrecision {

    private AveragePrecision() {}

    /**
     * Returns the average precision. Costs O(n log n).
     *
     * @param scores finite, larger for true
     * @param labels as many, with at least one of each class
     * @throws UnusableSampleException if lengths differ, a score is not finite, or a class is missing
     */
    public static double of(double[] scores, boolean[] labels) {
        Require.sameLength("scores", scores.length, "labels", labels.length);
        Ranking ranking = Ranking.of("scores", scores);
        return overGroups(ranking, labels, Samples.all(scores.length));
    }

    /**
     * Returns the average precision. Costs O(n log n).
     *
     * @param scores finite, larger for true
     * @param labels as many, with at least one of each class
     * @throws UnusableSampleException if lengths differ, a score is not finite, or a class is missing
     */
    public static double of(float[] scores, boolean[] labels) {
        return of(Samples.widen(scores), labels);
    }

    /** Returns the statistic for {@link Bootstrap}; it sorts once, so that a resample costs O(n). */
    public static IndexStatistic statistic(double[] scores, boolean[] labels) {
        Require.sameLength("scores", scores.length, "labels", labels.length);
        Ranking ranking = Ranking.of("scores", scores);
        boolean[] kept = labels.clone();
        return units -> overGroups(ranking, kept, units);
    }

    private static double overGroups(Ranking ranking, boolean[] labels, int[] units) {
        int[] members = new int[ranking.groupCount()];
        int[] trueMembers = new int[ranking.groupCount()];
        for (int unit : units) {
            members[ranking.group(unit)]++;
            trueMembers[ranking.group(unit)] += labels[unit] ? 1 : 0;
        }
        long chosen = 0;
        long hits = 0;
        double sum = 0;
        for (int group = members.length - 1; group >= 0; group--) {
            chosen += members[group];
            hits += trueMembers[group];
            if (trueMembers[group] > 0) {
                sum += trueMembers[group] * (double) hits / chosen;
            }
        }
        Require.that(
                hits > 0 && hits < units.length,
                Reason.ONE_CLASS,
                "all %d labels are %s; both classes need at least one member",
                units.length,
                hits > 0);
        return sum / hits;
    }
}
