package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final double[] SKEWED = Goldens.values("bootstrap.variance.sample0");
    private static final IndexStatistic MEAN = units -> Moments.mean(Samples.pick(SKEWED, units));
    private static final IndexStatistic VARIANCE = units -> Moments.variance(Samples.pick(SKEWED, units));

    private final SeededRandom random = SeededRandom.of(7, "bootstrap");

    @Test
    void intervalsOfSciPysResamplesAreSciPys() {
        double[] sorted = sortedReplicates("variance");
        double acceleration = Bca.acceleration(Resampler.ofUnits(SKEWED.length).jackknife(VARIANCE));
        assertEnds(Bca.interval(Moments.variance(SKEWED), sorted, acceleration, 0.9), "variance.BCa");
        assertThat(Quantiles.ofSorted(sorted, 0.05))
                .isCloseTo(Goldens.values("bootstrap.variance.percentile")[0], within(1e-12));
        assertThat(Quantiles.ofSorted(sorted, 0.95))
                .isCloseTo(Goldens.values("bootstrap.variance.percentile")[1], within(1e-12));
    }

    @Test
    void intervalsOverStrataAreSciPysOfTwoSamples() {
        double[] first = Goldens.values("bootstrap.difference.sample0");
        double[] second = Goldens.values("bootstrap.difference.sample1");
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        int[] strata = new int[all.length];
        Arrays.fill(strata, first.length, all.length, 5);
        IndexStatistic difference = units -> differenceOfMeans(all, strata, units);
        Resampler resampler = Resampler.ofStrata(Groups.of("strata", strata));
        double estimate = difference.of(resampler.everything());
        double acceleration = Bca.acceleration(resampler.jackknife(difference));
        assertEnds(Bca.interval(estimate, sortedReplicates("difference"), acceleration, 0.9), "difference.BCa");
    }

    @Test
    void intervalsOfPairsAreSciPys() {
        double[] x = Goldens.values("bootstrap.pearson.sample0");
        double[] y = Goldens.values("bootstrap.pearson.sample1");
        IndexStatistic pearson = units -> Correlation.pearson(Samples.pick(x, units), Samples.pick(y, units));
        double acceleration = Bca.acceleration(Resampler.ofUnits(x.length).jackknife(pearson));
        assertEnds(
                Bca.interval(Correlation.pearson(x, y), sortedReplicates("pearson"), acceleration, 0.9), "pearson.BCa");
    }

    @Test
    void replicatesThatEqualTheEstimateCountHalfAsInSciPy() {
        double[] counts = Goldens.values("bootstrap.median.sample0");
        IndexStatistic median = units -> Quantiles.median(Samples.pick(counts, units));
        double[] sorted = sortedReplicates("median");
        assertThat(Arrays.stream(sorted)
                        .filter(v -> v == Quantiles.median(counts))
                        .count())
                .isGreaterThan(100);
        double acceleration = Bca.acceleration(Resampler.ofUnits(counts.length).jackknife(median));
        assertEnds(Bca.interval(Quantiles.median(counts), sorted, acceleration, 0.9), "median.BCa");
    }

    private static double differenceOfMeans(double[] values, int[] strata, int[] units) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (int unit : units) {
            int side = strata[unit] == 0 ? 0 : 1;
            sums[side] += values[unit];
            counts[side]++;
        }
        return sums[0] / counts[0] - sums[1] / counts[1];
    }

    private static double[] sortedReplicates(String name) {
        double[] sorted = Goldens.values("bootstrap." + name + ".replicates");
        Arrays.sort(sorted);
        return sorted;
    }

    private static void assertEnds(Interval interval, String name) {
        double[] expected = Goldens.values("bootstrap." + name);
        assertThat(interval.low()).isCloseTo(expected[0], within(1e-10));
        assertThat(interval.high()).isCloseTo(expected[1], within(1e-10));
    }

    @Test
    void ownResamplesComeNearSciPys() {
        Interval interval =
                Bootstrap.ofUnits(SKEWED.length).withResamples(20_000).bca(MEAN, random);
        double[] expected = Goldens.values("bootstrap.mean.BCa");
        assertThat(interval.low()).isCloseTo(expected[0], within(0.02));
        assertThat(interval.high()).isCloseTo(expected[1], within(0.02));
        assertThat(interval.estimate()).isEqualTo(Moments.mean(SKEWED));
    }

    @Test
    void equalSeedsGiveEqualIntervals() {
        Bootstrap bootstrap = Bootstrap.ofUnits(SKEWED.length).withResamples(200);
        Interval first = bootstrap.bca(MEAN, SeededRandom.of(1, "a"));
        assertThat(bootstrap.bca(MEAN, SeededRandom.of(1, "a"))).isEqualTo(first);
        assertThat(bootstrap.bca(MEAN, SeededRandom.of(2, "a"))).isNotEqualTo(first);
    }

    @Test
    void widerLevelsGiveWiderIntervals() {
        Bootstrap bootstrap = Bootstrap.ofUnits(SKEWED.length).withResamples(500);
        Interval narrow = bootstrap.withLevel(0.5).percentile(MEAN, random.child("same"));
        Interval wide = bootstrap.withLevel(0.99).percentile(MEAN, random.child("same"));
        assertThat(wide.width()).isGreaterThan(2 * narrow.width());
        assertThat(wide.contains(narrow.low()) && wide.contains(narrow.high())).isTrue();
    }

    @Test
    void strataKeepTheirSizes() {
        boolean[] labels = {true, false, false, true, false};
        Bootstrap.ofStrata(labels)
                .withResamples(100)
                .replicates(
                        units -> {
                            assertThat(units).hasSize(5);
                            assertThat(Arrays.stream(units)
                                            .filter(unit -> labels[unit])
                                            .count())
                                    .isEqualTo(2);
                            return 0;
                        },
                        random);
    }

    @Test
    void clustersStayTogether() {
        int[] clusters = {4, 4, 4, 9, 2, 2};
        List<Integer> sizes = new ArrayList<>();
        Bootstrap.ofClusters(clusters)
                .withResamples(200)
                .replicates(
                        units -> {
                            int[] counts = new int[6];
                            for (int unit : units) {
                                counts[unit]++;
                            }
                            assertThat(counts[0]).isEqualTo(counts[1]).isEqualTo(counts[2]);
                            assertThat(counts[4]).isEqualTo(counts[5]);
                            assertThat(counts[0] + counts[3] + counts[4]).isEqualTo(3);
                            sizes.add(units.length);
                            return units.length;
                        },
                        random);
        assertThat(sizes).contains(3, 9);
    }

    @Test
    void differencesArePaired() {
        IndexStatistic shifted = units -> MEAN.of(units) + 2;
        Interval difference = Bootstrap.ofUnits(SKEWED.length).percentileOfDifference(shifted, MEAN, random);
        assertThat(difference.low()).isCloseTo(2, within(1e-12));
        assertThat(difference.high()).isCloseTo(2, within(1e-12));
    }

    @Test
    void leavesOutTheFewResamplesWithoutVariation() {
        double[] x = {1, 1, 1, 1, 1, 2, 2, 3};
        double[] y = {3, 1, 4, 1, 5, 9, 2, 6};
        IndexStatistic rho = Correlation.spearmanStatistic(x, y);
        double[] values = Bootstrap.ofUnits(8).withResamples(1_000).replicates(rho, random);
        assertThat(values).hasSizeBetween(950, 999);
    }

    @Test
    void refusesASampleThatIsMostlyUndefined() {
        double[] x = {1, 1, 1, 1, 2};
        double[] y = {1, 2, 3, 4, 5};
        IndexStatistic rho = Correlation.spearmanStatistic(x, y);
        assertRefused(
                Reason.CONSTANT, "of 2000 resamples", () -> Bootstrap.ofUnits(5).percentile(rho, random));
    }

    @Test
    void refusesAStatisticThatIsNotANumber() {
        Bootstrap bootstrap = Bootstrap.ofUnits(SKEWED.length);
        assertRefused(Reason.NOT_FINITE, "gave NaN", () -> bootstrap.percentile(units -> Double.NaN, random));
        int[] calls = new int[1];
        IndexStatistic sometimes = units -> calls[0]++ == 50 ? 1.0 / 0 : 1;
        assertRefused(Reason.NOT_FINITE, "gave Infinity", () -> bootstrap.percentile(sometimes, random));
    }

    @Test
    void refusesBcaWhereItIsNotDefined() {
        Bootstrap bootstrap = Bootstrap.ofUnits(30);
        assertRefused(Reason.CONSTANT, "percentile", () -> bootstrap.bca(units -> 1, random));
        IndexStatistic distinct = units -> Arrays.stream(units).distinct().count() + 1e-3 * units[0];
        assertRefused(Reason.CONSTANT, "one side of the estimate", () -> bootstrap.bca(distinct, random));
    }

    @Test
    void refusesUselessSettings() {
        assertRefused(Reason.TOO_FEW, "at least 2", () -> Bootstrap.ofUnits(1));
        assertRefused(
                Reason.TOO_FEW, "stratum 8 has one unit (number 2)", () -> Bootstrap.ofStrata(new int[] {3, 3, 8}));
        assertRefused(Reason.TOO_FEW, "in one cluster", () -> Bootstrap.ofClusters(new int[] {3, 3, 3}));
        assertRefused(Reason.ONE_CLASS, "all 3 labels", () -> Bootstrap.ofStrata(new boolean[3]));
        assertRefused(Reason.TOO_FEW, "at least 100", () -> Bootstrap.ofUnits(5).withResamples(99));
        assertRefused(
                Reason.OUT_OF_RANGE, "level is 1.0", () -> Bootstrap.ofUnits(5).withLevel(1));
        assertRefused(Reason.EMPTY, "strata is empty", () -> Bootstrap.ofStrata(new int[0]));
    }
}
