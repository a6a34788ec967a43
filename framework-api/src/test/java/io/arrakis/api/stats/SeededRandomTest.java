package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeededRandomTest {

    @Test
    void givesThePublishedOutputs() {
        SeededRandom random = SeededRandom.ofState(0, 0, 0, 1);
        long[] expected = {
            0x0000000000800000L, 0x0000000000800011L, 0x0002200000800011L, 0x0002200044000020L, 0x00022000448008A1L,
            0x01102100802208A0L, 0x0114002284200880L, 0x0402896644A64095L, 0x8A14A0A244ACC891L, 0x8C88BA4680B20495L
        };
        for (long value : expected) {
            assertThat(random.nextLong()).isEqualTo(value);
        }
    }

    @Test
    void streamsAreThoseOfAnotherLanguage() {
        assertStream(SeededRandom.of(7), "random.stream0");
        assertStream(SeededRandom.of(7, "draws"), "random.stream1");
        assertStream(SeededRandom.of(-1, "draws", "na\u00efve"), "random.stream2");
        SeededRandom bounded = SeededRandom.of(7, "bounded");
        int[] bounds = Goldens.integers("random.bounds");
        assertThat(Arrays.stream(bounds).map(bounded::nextInt).toArray())
                .containsExactly(Goldens.integers("random.bounded"));
        SeededRandom doubles = SeededRandom.of(7, "doubles");
        for (double expected : Goldens.values("random.doubles")) {
            assertThat(doubles.nextDouble()).isEqualTo(expected);
        }
        assertThat(SeededRandom.of(7, "shuffle").permutation(20))
                .containsExactly(Goldens.integers("random.permutation"));
    }

    private static void assertStream(SeededRandom random, String name) {
        double[] halves = Goldens.values(name);
        for (int i = 0; i < halves.length; i += 2) {
            assertThat(random.nextLong()).isEqualTo(((long) halves[i] << 32) | (long) halves[i + 1]);
        }
    }

    @Test
    void childrenDependOnNamesOnly() {
        SeededRandom parent = SeededRandom.of(7, "a");
        long expected = SeededRandom.of(7, "a", "b", "3").nextLong();
        assertThat(parent.child("b", "3").nextLong()).isEqualTo(expected);
        long next = SeededRandom.of(7, "a").nextLong();
        assertThat(parent.nextLong()).isEqualTo(next);
        assertThat(parent.child("b").child(3).nextLong()).isEqualTo(expected);
        assertThat(SeededRandom.of(7, "ab").nextLong())
                .isNotEqualTo(SeededRandom.of(7, "a", "b").nextLong());
        assertThat(SeededRandom.of(7, "a").child("").nextLong()).isNotEqualTo(next);
    }

    @Test
    void gaussiansHaveTheirDistribution() {
        int n = 200_000;
        double[] values = new double[n];
        SeededRandom random = SeededRandom.of(5, "gaussian");
        for (int i = 0; i < n; i++) {
            values[i] = random.nextGaussian();
        }
        Arrays.sort(values);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(Normal.cdf(values[i]) - (i + 0.5) / n));
        }
        assertThat(largest * Math.sqrt(n))
                .as("Kolmogorov-Smirnov; 1.95 is the 0.1% point")
                .isBetween(0.3, 1.95);
        assertThat(Moments.mean(values)).isCloseTo(0, within(4 / Math.sqrt(n)));
        assertThat(Moments.variance(values)).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
        assertThat(shareBeyond(values, 3.442619855899)).as("the tail").isCloseTo(5.76e-4, within(2.2e-4));
        assertThat(values[n - 1]).isBetween(4.0, 6.0);
    }

    private static double shareBeyond(double[] values, double edge) {
        return Arrays.stream(values).filter(v -> Math.abs(v) > edge).count() / (double) values.length;
    }

    @Test
    void gaussiansAreThoseOfAnotherLanguage() {
        SeededRandom random = SeededRandom.of(7, "gaussian");
        double[] draws = new double[20_000];
        for (int i = 0; i < draws.length; i++) {
            draws[i] = random.nextGaussian();
        }
        double[] first = Goldens.values("random.gaussians");
        assertThat(Arrays.copyOf(draws, first.length)).containsExactly(first, within(1e-14));
        double[] summary = {
            Arrays.stream(draws).sum(),
            Arrays.stream(draws).map(v -> v * v * v * v).sum(),
            Arrays.stream(draws).max().orElseThrow(),
            Arrays.stream(draws).min().orElseThrow()
        };
        assertThat(summary).containsExactly(Goldens.values("random.gaussians.summary"), within(1e-8));
        assertThat(summary[2]).as("a draw from the tail").isGreaterThan(3.442619855899);
        assertThat(SeededRandom.of(7, "gaussian").nextGaussian(10, 2)).isEqualTo(10 + 2 * draws[0]);
    }

    @Test
    void boundedNumbersAreEquallyLikely() {
        SeededRandom random = SeededRandom.of(5, "bounded");
        int[] counts = new int[7];
        long[] wide = new long[3];
        for (int i = 0; i < 70_000; i++) {
            counts[random.nextInt(7)]++;
            wide[(int) (random.nextLong(3L << 61) >>> 61)]++;
        }
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
        assertThat(Arrays.stream(wide).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(22_800L, 23_900L));
    }

    @Test
    void boundsAreKept() {
        SeededRandom random = SeededRandom.of(5, "bounds");
        for (int i = 0; i < 1_000; i++) {
            assertThat(random.nextInt(-3, 4)).isBetween(-3, 3);
            assertThat(random.nextLong(-3, 4)).isBetween(-3L, 3L);
            assertThat(random.nextDouble()).isGreaterThanOrEqualTo(0).isLessThan(1);
            assertThat(random.nextFloat()).isGreaterThanOrEqualTo(0).isLessThan(1);
        }
        assertThat(random.nextInt(1)).isZero();
        assertThat(random.nextLong(1)).isZero();
        assertThat(random.nextInt(Integer.MAX_VALUE)).isNotNegative();
        assertThat(random.nextLong(Long.MAX_VALUE)).isNotNegative();
    }

    @Test
    void shufflesReachEveryOrderAlike() {
        SeededRandom random = SeededRandom.of(5, "shuffle");
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 24_000; i++) {
            counts.merge(Arrays.toString(random.permutation(4)), 1, Integer::sum);
        }
        assertThat(counts).hasSize(24);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }

    @Test
    void shufflesListsAsArrays() {
        List<Integer> list = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
        SeededRandom.of(5, "x").shuffle(list);
        assertThat(list)
                .containsExactly(Arrays.stream(SeededRandom.of(5, "x").permutation(7))
                        .boxed()
                        .toArray(Integer[]::new));
    }

    @Test
    void samplesWithoutReplacement() {
        SeededRandom random = SeededRandom.of(5, "sample");
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            int[] sample = random.sample(10, 3);
            assertThat(sample).doesNotHaveDuplicates().hasSize(3);
            Arrays.stream(sample).forEach(v -> counts[v]++);
        }
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(2_800, 3_200));
        assertThat(random.sample(4, 4)).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(random.sample(4, 0)).isEmpty();
    }

    @Test
    void sparseSamplesAreTheDenseOnes() {
        for (int size = 0; size <= 50; size++) {
            assertThat(PartialShuffle.sparse(50, size, SeededRandom.of(size, "s")))
                    .containsExactly(PartialShuffle.dense(50, size, SeededRandom.of(size, "s")));
        }
        assertThat(SeededRandom.of(1, "s").sample(Integer.MAX_VALUE, 5)).doesNotHaveDuplicates();
    }

    @Test
    void refusesBadBounds() {
        SeededRandom random = SeededRandom.of(1);
        assertRefused(Reason.OUT_OF_RANGE, "bound is 0", () -> random.nextInt(0));
        assertRefused(Reason.OUT_OF_RANGE, "bound is -4", () -> random.nextLong(-4));
        assertRefused(Reason.OUT_OF_RANGE, "bound is 0", () -> random.nextInt(3, 3));
        assertRefused(Reason.OUT_OF_RANGE, "5 different numbers cannot be drawn from 4", () -> random.sample(4, 5));
        assertRefused(Reason.OUT_OF_RANGE, "-1 different", () -> random.sample(4, -1));
        assertRefused(Reason.OUT_OF_RANGE, "standardDeviation is -1.0", () -> random.nextGaussian(0, -1));
    }
}
