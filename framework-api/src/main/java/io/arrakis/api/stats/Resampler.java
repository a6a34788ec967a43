package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;

/** Draws the units of a resample, and leaves units out for the jackknife. */
abstract class Resampler {

    private final int units;

    private Resampler(int units) {
        this.units = units;
    }

    static Resampler ofUnits(int units) {
        return new Stratified(new int[][] {Samples.all(units)}, units);
    }

    static Resampler ofStrata(Groups strata) {
        int[][] members = new int[strata.count()][];
        for (int stratum = 0; stratum < members.length; stratum++) {
            members[stratum] = strata.members(stratum);
            Require.that(
                    members[stratum].length > 1,
                    Reason.TOO_FEW,
                    "stratum %d has one unit (number %d), which never varies; merge it with another or leave it out",
                    strata.number(stratum),
                    members[stratum][0]);
        }
        return new Stratified(members, strata.units());
    }

    static Resampler ofClusters(Groups clusters) {
        Require.that(
                clusters.count() > 1,
                Reason.TOO_FEW,
                "all %d units are in one cluster; a bootstrap over clusters needs at least two",
                clusters.units());
        return new Clustered(clusters);
    }

    /** Returns the units of the sample as it is. */
    final int[] everything() {
        return Samples.all(units);
    }

    /** Returns the units of one resample. */
    abstract int[] draw(SeededRandom random);

    /** Returns the statistic without each unit (or cluster) in turn, one row a stratum. */
    abstract double[][] jackknife(IndexStatistic statistic);

    /** Units resampled within each stratum; the unstratified case has one. */
    private static final class Stratified extends Resampler {

        private final int[][] strata;
        private final int units;

        Stratified(int[][] strata, int units) {
            super(units);
            this.strata = strata;
            this.units = units;
        }

        @Override
        int[] draw(SeededRandom random) {
            int[] drawn = new int[units];
            int next = 0;
            for (int[] members : strata) {
                for (int i = 0; i < members.length; i++) {
                    drawn[next++] = members[random.nextInt(members.length)];
                }
            }
            return drawn;
        }

        @Override
        double[][] jackknife(IndexStatistic statistic) {
            double[][] values = new double[strata.length][];
            for (int s = 0; s < strata.length; s++) {
                values[s] = new double[strata[s].length];
                for (int i = 0; i < values[s].length; i++) {
                    values[s][i] = statistic.of(without(strata[s][i]));
                }
            }
            return values;
        }

        private int[] without(int unit) {
            int[] rest = new int[units - 1];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = i < unit ? i : i + 1;
            }
            return rest;
        }
    }

    /** Whole clusters resampled. */
    private static final class Clustered extends Resampler {

        private final Groups clusters;

        Clustered(Groups clusters) {
            super(clusters.units());
            this.clusters = clusters;
        }

        @Override
        int[] draw(SeededRandom random) {
            int[] drawn = new int[clusters.units()];
            int next = 0;
            for (int c = 0; c < clusters.count(); c++) {
                int[] members = clusters.members(random.nextInt(clusters.count()));
                if (next + members.length > drawn.length) {
                    drawn = Arrays.copyOf(drawn, Math.max(2 * drawn.length, next + members.length));
                }
                System.arraycopy(members, 0, drawn, next, members.length);
                next += members.length;
            }
            return Arrays.copyOf(drawn, next);
        }

        @Override
        double[][] jackknife(IndexStatistic statistic) {
            double[] values = new double[clusters.count()];
            for (int left = 0; left < values.length; left++) {
                int[] rest = new int[clusters.units() - clusters.members(left).length];
                int next = 0;
                for (int c = 0; c < clusters.count(); c++) {
                    if (c != left) {
                        int[] members = clusters.members(c);
                        System.arraycopy(members, 0, rest, next, members.length);
                        next += members.length;
                    }
                }
                values[left] = statistic.of(rest);
            }
            return new double[][] {values};
        }
    }
}
