package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/**
 * Permutation tests: p = (1 + #{T_b >= T}) / (B + 1).
 *
 * <p>The observed arrangement counts as one of the B + 1, so p is never 0 and the test keeps its level for every B. For labels
 * see {@link LabelPermutation}, for pairs {@link Derangement}, for the best of many {@link MaxT}.
 *
 * @see "Phipson and Smyth 2010, Permutation P-values Should Never Be Zero"
 */
@Stable
public final class Permutation {

    /** Statistics that differ by less than this share are equal but for rounding, and count as at least as extreme. */
    private static final double ROUNDING = 1e-12;

    private Permutation() {}

    /**
     * Returns the p-value of a count.
     *
     * @param asExtreme    how many of the permutations gave a result at least as extreme, 0 to {@code permutations}
     * @param permutations B, at least 1
     * @throws UnusableSampleException if a number is out of range
     */
    public static double pValue(long asExtreme, long permutations) {
        Require.positive("permutations", permutations);
        Require.that(
                asExtreme >= 0 && asExtreme <= permutations,
                Reason.OUT_OF_RANGE,
                "%d of %d permutations cannot be as extreme",
                asExtreme,
                permutations);
        return (1.0 + asExtreme) / (permutations + 1.0);
    }

    /**
     * Returns the p-value of a statistic among its values under random permutations.
     *
     * @param observed    finite
     * @param nulls       its value under each permutation, at least one, finite
     * @param alternative which values count as extreme
     * @throws UnusableSampleException if there are no values or one is not finite
     */
    public static double pValue(double observed, double[] nulls, Alternative alternative) {
        Require.that(Double.isFinite(observed), Reason.NOT_FINITE, "the observed statistic is %s", observed);
        Require.notEmpty("nulls", nulls.length);
        Require.finite("nulls", nulls);
        ExtremeCount count = new ExtremeCount(observed, ROUNDING * Math.abs(observed));
        for (double value : nulls) {
            count.add(value);
        }
        return pValue(count.of(alternative), nulls.length, alternative);
    }

    /**
     * Tests whether paired differences are symmetric about 0, by giving them random signs; the statistic is their mean. Where
     * there are no more sign patterns than permutations were asked for, each is taken once and the test is exact. Costs
     * O(n x permutations).
     *
     * @param differences  at least one, finite
     * @param permutations at least 1; 10,000 is usual
     * @throws UnusableSampleException if there are no differences, one is not finite, or (reason {@code CONSTANT}) all are 0
     */
    public static PermutationResult signFlip(
            double[] differences, int permutations, Alternative alternative, SeededRandom random) {
        Require.notEmpty("differences", differences.length);
        Require.finite("differences", differences);
        Require.positive("permutations", permutations);
        double size = 0;
        double sum = 0;
        for (double difference : differences) {
            size += Math.abs(difference);
            sum += difference;
        }
        Require.that(size > 0, Reason.CONSTANT, "all %d differences are 0, so no sign matters", differences.length);
        ExtremeCount count = new ExtremeCount(sum, ROUNDING * size);
        double mean = sum / differences.length;
        if (differences.length < Integer.SIZE - 1 && 1 << differences.length <= permutations) {
            int patterns = 1 << differences.length;
            for (int pattern = 0; pattern < patterns; pattern++) {
                count.add(signedSum(differences, pattern));
            }
            double p = twice(alternative) * count.of(alternative) / (double) patterns;
            return new PermutationResult(mean, Math.min(1, p), patterns, true);
        }
        for (int b = 0; b < permutations; b++) {
            count.add(randomlySignedSum(differences, random));
        }
        double p = pValue(count.of(alternative), permutations, alternative);
        return new PermutationResult(mean, p, permutations, false);
    }

    /**
     * Returns a random permutation of the units that keeps each in its stratum: the place of unit i is taken by unit
     * {@code result[i]} of the same stratum. For a null in which, say, types change places within deciles of frequency. A unit
     * may keep its place; see {@link Derangement} where it must not.
     */
    public static int[] within(int[] strata, SeededRandom random) {
        Groups groups = Groups.of("strata", strata);
        int[] taken = new int[strata.length];
        for (int group = 0; group < groups.count(); group++) {
            int[] places = groups.members(group);
            int[] shuffled = places.clone();
            random.shuffle(shuffled);
            for (int i = 0; i < places.length; i++) {
                taken[places[i]] = shuffled[i];
            }
        }
        return taken;
    }

    static double pValue(long asExtreme, int permutations, Alternative alternative) {
        return Math.min(1, twice(alternative) * pValue(asExtreme, permutations));
    }

    private static int twice(Alternative alternative) {
        return alternative == Alternative.TWO_SIDED ? 2 : 1;
    }

    private static double signedSum(double[] differences, int pattern) {
        double sum = 0;
        for (int i = 0; i < differences.length; i++) {
            sum += (pattern >>> i & 1) == 0 ? differences[i] : -differences[i];
        }
        return sum;
    }

    private static double randomlySignedSum(double[] differences, SeededRandom random) {
        double sum = 0;
        long bits = 0;
        for (int i = 0; i < differences.length; i++) {
            if (i % Long.SIZE == 0) {
                bits = random.nextLong();
            }
            sum += (bits & 1) == 0 ? differences[i] : -differences[i];
            bits >>>= 1;
        }
        return sum;
    }

    /** Counts values at least as large, and at least as small, as an observed one. */
    static final class ExtremeCount {

        private final double lowest;
        private final double highest;
        private long atLeast;
        private long atMost;

        ExtremeCount(double observed, double rounding) {
            lowest = observed - rounding;
            highest = observed + rounding;
        }

        static ExtremeCount of(double observed) {
            return new ExtremeCount(observed, ROUNDING * Math.abs(observed));
        }

        void add(double value) {
            atLeast += value >= lowest ? 1 : 0;
            atMost += value <= highest ? 1 : 0;
        }

        long of(Alternative alternative) {
            return switch (alternative) {
                case GREATER -> atLeast;
                case LESS -> atMost;
                case TWO_SIDED -> Math.min(atLeast, atMost);
            };
        }
    }
}
