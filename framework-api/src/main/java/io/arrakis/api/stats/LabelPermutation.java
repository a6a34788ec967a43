package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.function.ToDoubleFunction;

/**
 * Random permutations of true and false labels, over all units or within strata.
 *
 * <p>Within strata each keeps its number of true units, so that what the strata stand for (length, template) cannot explain a
 * difference. Immutable and safe to share.
 */
@Stable
public final class LabelPermutation {

    private final boolean[] labels;
    private final Groups strata;
    private final int positives;

    private LabelPermutation(boolean[] labels, Groups strata) {
        this.labels = labels;
        this.strata = strata;
        this.positives = Require.bothClasses(labels);
    }

    /**
     * Permutes over all units.
     *
     * @param labels at least one of each class
     */
    public static LabelPermutation of(boolean[] labels) {
        return within(labels, new int[labels.length]);
    }

    /**
     * Permutes within strata.
     *
     * @param labels at least one of each class
     * @param strata the stratum of each unit, any numbers; at least one stratum must have both classes
     * @throws UnusableSampleException if lengths differ, a class is missing, or no stratum has both classes, so that there is
     *     nothing to permute
     */
    public static LabelPermutation within(boolean[] labels, int[] strata) {
        Require.sameLength("labels", labels.length, "strata", strata.length);
        Require.bothClasses(labels);
        Groups groups = Groups.of("strata", strata);
        Require.that(
                anyMixed(labels, groups),
                Reason.ONE_CLASS,
                "each of the %d strata has labels of one class only, so no permutation changes anything; use coarser strata",
                groups.count());
        return new LabelPermutation(labels.clone(), groups);
    }

    private static boolean anyMixed(boolean[] labels, Groups groups) {
        for (int group = 0; group < groups.count(); group++) {
            int[] members = groups.members(group);
            for (int unit : members) {
                if (labels[unit] != labels[members[0]]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the number of units. */
    public int units() {
        return labels.length;
    }

    /** Returns the number of true labels. */
    public int positives() {
        return positives;
    }

    /** Returns the number of false labels. */
    public int negatives() {
        return labels.length - positives;
    }

    /** Returns the labels as they are; the caller owns the array. */
    public boolean[] labels() {
        return labels.clone();
    }

    boolean isStratified() {
        return strata.count() > 1;
    }

    /** Returns the labels in a random order; within each stratum all orders are equally likely. */
    public boolean[] shuffled(SeededRandom random) {
        boolean[] shuffled = labels.clone();
        for (int group = 0; group < strata.count(); group++) {
            int[] members = strata.members(group);
            for (int i = members.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                boolean kept = shuffled[members[i]];
                shuffled[members[i]] = shuffled[members[j]];
                shuffled[members[j]] = kept;
            }
        }
        return shuffled;
    }

    /**
     * Returns the labels and random permutations of them as a matrix of ones and zeros, ready to be multiplied with a matrix of
     * ranks: <b>row 0 holds the labels as they are</b>, rows 1 to B the permutations. The product gives the observed and the
     * permuted rank sums at once; with its transpose as the second factor it is in the form that {@link MaxT} takes.
     *
     * @param permutations B, at least 1
     * @return row-major {@code [B + 1, units]}, float32
     * @throws UnusableSampleException if B is below 1 or the matrix exceeds an array
     */
    public float[] matrix(int permutations, SeededRandom random) {
        Require.positive("permutations", permutations);
        Require.that(
                (permutations + 1L) * labels.length <= Integer.MAX_VALUE - 8,
                Reason.OUT_OF_RANGE,
                "%d permutations of %d labels exceed an array; take fewer permutations",
                permutations,
                labels.length);
        float[] matrix = new float[(permutations + 1) * labels.length];
        fillRow(matrix, 0, labels);
        for (int b = 1; b <= permutations; b++) {
            fillRow(matrix, b, shuffled(random));
        }
        return matrix;
    }

    private static void fillRow(float[] matrix, int row, boolean[] labels) {
        for (int i = 0; i < labels.length; i++) {
            matrix[row * labels.length + i] = labels[i] ? 1 : 0;
        }
    }

    /**
     * Tests a statistic of the labels. Costs B + 1 evaluations.
     *
     * @param statistic    finite for every arrangement of the labels; must not change the array
     * @param permutations B, at least 1; 1,000 is usual
     * @throws UnusableSampleException if B is below 1 or the statistic is not finite
     */
    public PermutationResult test(
            ToDoubleFunction<boolean[]> statistic, int permutations, Alternative alternative, SeededRandom random) {
        Require.positive("permutations", permutations);
        double observed = statistic.applyAsDouble(labels.clone());
        double[] nulls = new double[permutations];
        for (int b = 0; b < permutations; b++) {
            nulls[b] = statistic.applyAsDouble(shuffled(random));
        }
        double p = Permutation.pValue(observed, nulls, alternative);
        return new PermutationResult(observed, p, permutations, false);
    }
}
