package io.arrakis.api.stats;

import java.util.Arrays;

/**
 * A sample sorted once, so that its resamples can be ranked in linear time.
 *
 * <p>Keeps for each unit the number of the tie group it belongs to. The ranks of a resample then follow from counting, which
 * makes a bootstrap of a rank statistic some ten times faster than sorting each resample.
 */
final class Ranking {

    private final int[] groups;
    private final int groupCount;

    private Ranking(int[] groups, int groupCount) {
        this.groups = groups;
        this.groupCount = groupCount;
    }

    static Ranking of(double[] values) {
        return of("values", values);
    }

    static Ranking of(String name, double[] values) {
        Require.notEmpty(name, values.length);
        Require.finite(name, values);
        double[] distinct = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            distinct[i] = values[i] + 0.0; // makes the two zeros equal
        }
        Arrays.sort(distinct);
        int count = squeeze(distinct);
        int[] groups = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            groups[i] = Arrays.binarySearch(distinct, 0, count, values[i] + 0.0);
        }
        return new Ranking(groups, count);
    }

    private static int squeeze(double[] sorted) {
        int count = 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[count - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return count;
    }

    /** Returns the position of a unit's value among the distinct values, from 0. */
    int group(int unit) {
        return groups[unit];
    }

    int groupCount() {
        return groupCount;
    }

    /** Returns the mid-ranks of the sample itself. */
    double[] ranks() {
        int[] counts = new int[groupCount];
        for (int group : groups) {
            counts[group]++;
        }
        double[] byGroup = midRanks(counts);
        double[] ranks = new double[groups.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = byGroup[groups[i]];
        }
        return ranks;
    }

    /** Returns the mid-ranks of the resample that has the given units, which may occur more than once. */
    double[] ranks(int[] units) {
        int[] counts = new int[groupCount];
        for (int unit : units) {
            counts[groups[unit]]++;
        }
        double[] byGroup = midRanks(counts);
        double[] ranks = new double[units.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = byGroup[groups[units[i]]];
        }
        return ranks;
    }

    /** Returns the units in rising order of their values, equal ones in their own order. */
    int[] order() {
        int[] places = new int[groupCount + 1];
        for (int group : groups) {
            places[group + 1]++;
        }
        for (int group = 1; group <= groupCount; group++) {
            places[group] += places[group - 1];
        }
        int[] order = new int[groups.length];
        for (int unit = 0; unit < groups.length; unit++) {
            order[places[groups[unit]]++] = unit;
        }
        return order;
    }

    private static double[] midRanks(int[] counts) {
        double[] ranks = new double[counts.length];
        int below = 0;
        for (int group = 0; group < counts.length; group++) {
            ranks[group] = below + 0.5 * (counts[group] + 1);
            below += counts[group];
        }
        return ranks;
    }
}
