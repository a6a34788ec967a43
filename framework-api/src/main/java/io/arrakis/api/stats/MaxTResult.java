package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/** What a {@link MaxT} search found. Units have the numbers they were added with. Immutable. */
@Stable
public final class MaxTResult {

    private final double[] aurocs;
    private final double[] statistics;
    private final double[] pValues;
    private final double[] sortedMaxima;

    MaxTResult(UnitColumns units, double[] sortedMaxima) {
        this.aurocs = units.aurocs();
        this.statistics = units.statistics();
        this.pValues = units.pValues();
        this.sortedMaxima = sortedMaxima;
    }

    /** Returns the number of units. */
    public int units() {
        return aurocs.length;
    }

    /** Returns the unit with the largest statistic, the first of them. */
    public int best() {
        int best = 0;
        for (int unit = 1; unit < statistics.length; unit++) {
            if (statistics[unit] > statistics[best]) {
                best = unit;
            }
        }
        return best;
    }

    /** Returns the AUROC of a unit, 0 to 1. Of a unit that was chosen here it is biased: report it on other texts. */
    public double auroc(int unit) {
        Require.index("unit", unit, aurocs.length);
        return aurocs[unit];
    }

    /** Returns the statistic of a unit: how far it is from what is expected by chance. */
    public double statistic(int unit) {
        Require.index("unit", unit, statistics.length);
        return statistics[unit];
    }

    /** Returns the permutation p-value of a unit by itself, for lists by {@link MultipleTesting#benjaminiHochberg}. */
    public double pValue(int unit) {
        Require.index("unit", unit, pValues.length);
        return pValues[unit];
    }

    /** Returns the p-values of all units by themselves; the caller owns the array. */
    public double[] pValues() {
        return pValues.clone();
    }

    /**
     * Returns the p-value of a unit among all: 1 plus the number of permutations whose largest statistic is as large, over B + 1.
     */
    public double adjustedPValue(int unit) {
        int below = countBelow(statistic(unit));
        return Permutation.pValue(sortedMaxima.length - below, sortedMaxima.length);
    }

    /**
     * Returns the value that a statistic must exceed for an adjusted p-value of at most alpha.
     *
     * @param alpha between 0 and 1, and at least 1/(B + 1)
     * @throws UnusableSampleException if alpha is out of range, or (reason {@code TOO_FEW}) so small that no statistic can
     */
    public double threshold(double alpha) {
        Require.level(alpha);
        int permutations = sortedMaxima.length;
        int mayReach = (int) Math.floor(alpha * (permutations + 1.0) * (1 + 1e-12)) - 1;
        Require.that(
                mayReach >= 0,
                Reason.TOO_FEW,
                "with %d permutations no adjusted p-value is as small as %s; take at least %s",
                permutations,
                alpha,
                Math.ceil(1 / alpha) - 1);
        return sortedMaxima[permutations - 1 - mayReach];
    }

    /** Returns the largest statistic under each permutation, in rising order; the caller owns the array. */
    public double[] sortedMaxima() {
        return sortedMaxima.clone();
    }

    private int countBelow(double value) {
        int low = 0;
        int high = sortedMaxima.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sortedMaxima[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
