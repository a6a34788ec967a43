package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermutationTest {

    private static final Map<Alternative, String> SCIPY_NAMES =
            Map.of(Alternative.GREATER, "greater", Alternative.LESS, "less", Alternative.TWO_SIDED, "two-sided");

    private final SeededRandom random = SeededRandom.of(7, "permutation");

    @Test
    void neverGivesZero() {
        assertThat(Permutation.pValue(0, 999)).isEqualTo(0.001);
        assertThat(Permutation.pValue(999, 999)).isEqualTo(1);
        double[] nulls = {1, 2, 3, 4};
        assertThat(Permutation.pValue(3, nulls, Alternative.GREATER)).isEqualTo(0.6);
        assertThat(Permutation.pValue(3, nulls, Alternative.LESS)).isEqualTo(0.8);
        assertThat(Permutation.pValue(9, nulls, Alternative.TWO_SIDED)).isEqualTo(0.4);
        assertThat(Permutation.pValue(2.5, nulls, Alternative.TWO_SIDED)).isEqualTo(1);
    }

    @Test
    void countsTiesDespiteRounding() {
        double[] nulls = {0.1 + 0.2, 0.3 - 1e-16};
        assertThat(Permutation.pValue(0.3, nulls, Alternative.GREATER)).isEqualTo(1);
        assertThat(Permutation.pValue(0.1 + 0.2, new double[] {0.3}, Alternative.GREATER))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Alternative.class)
    void takesAllSignsOnceAsSciPyDoes(Alternative alternative) {
        double[] differences = Goldens.values("signflip.differences");
        PermutationResult result = Permutation.signFlip(differences, 5_000, alternative, random);
        assertThat(result.exact()).isTrue();
        assertThat(result.permutations()).isEqualTo(1 << differences.length);
        assertThat(result.pValue()).isCloseTo(Goldens.value("signflip." + SCIPY_NAMES.get(alternative)), within(1e-12));
        assertThat(result.observed()).isCloseTo(Moments.mean(differences), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Alternative.class)
    void randomSignsComeNearAllSigns(Alternative alternative) {
        double[] differences = Goldens.values("signflip.differences");
        double exact = Goldens.value("signflip." + SCIPY_NAMES.get(alternative));
        double sum = 0;
        for (int run = 0; run < 50; run++) {
            PermutationResult result = Permutation.signFlip(differences, 2_000, alternative, random);
            assertThat(result.exact()).isFalse();
            assertThat(result.permutations()).isEqualTo(2_000);
            sum += result.pValue();
        }
        assertThat(sum / 50).isCloseTo(exact, within(0.004));
    }

    @ParameterizedTest
    @EnumSource(Alternative.class)
    void randomLabelsComeNearAllLabels(Alternative alternative) {
        double[] trueValues = Goldens.values("labels.true");
        double[] falseValues = Goldens.values("labels.false");
        double[] values = Arrays.copyOf(trueValues, trueValues.length + falseValues.length);
        System.arraycopy(falseValues, 0, values, trueValues.length, falseValues.length);
        boolean[] labels = new boolean[values.length];
        Arrays.fill(labels, 0, trueValues.length, true);
        PermutationResult result =
                LabelPermutation.of(labels).test(l -> differenceOfMeans(values, l), 20_000, alternative, random);
        assertThat(result.pValue()).isCloseTo(Goldens.value("labels." + SCIPY_NAMES.get(alternative)), within(0.004));
    }

    private static double differenceOfMeans(double[] values, boolean[] labels) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (int i = 0; i < values.length; i++) {
            sums[labels[i] ? 1 : 0] += values[i];
            counts[labels[i] ? 1 : 0]++;
        }
        return sums[1] / counts[1] - sums[0] / counts[0];
    }

    @Test
    void labelsKeepTheirStrata() {
        boolean[] labels = {true, true, false, false, false, true, false};
        int[] strata = {8, 8, 8, 8, -1, -1, -1};
        LabelPermutation permutation = LabelPermutation.within(labels, strata);
        int[] trueCounts = new int[labels.length];
        for (int round = 0; round < 6_000; round++) {
            boolean[] shuffled = permutation.shuffled(random);
            int first = 0;
            for (int i = 0; i < shuffled.length; i++) {
                trueCounts[i] += shuffled[i] ? 1 : 0;
                first += i < 4 && shuffled[i] ? 1 : 0;
            }
            assertThat(first).isEqualTo(2);
        }
        assertThat(Arrays.stream(trueCounts, 0, 4).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(2_850, 3_150));
        assertThat(Arrays.stream(trueCounts, 4, 7).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(1_850, 2_150));
        assertThat(permutation.labels()).containsExactly(labels);
        assertThat(permutation.positives()).isEqualTo(3);
        assertThat(permutation.negatives()).isEqualTo(4);
    }

    @Test
    void matrixBeginsWithTheLabels() {
        boolean[] labels = {true, false, false, true, false};
        LabelPermutation permutation = LabelPermutation.of(labels);
        float[] matrix = permutation.matrix(3, random.child("m"));
        assertThat(matrix).hasSize(20).startsWith(1, 0, 0, 1, 0);
        SeededRandom same = random.child("m");
        for (int b = 1; b <= 3; b++) {
            boolean[] shuffled = permutation.shuffled(same);
            for (int i = 0; i < 5; i++) {
                assertThat(matrix[5 * b + i]).isEqualTo(shuffled[i] ? 1 : 0);
            }
        }
    }

    @Test
    void permutesWithinStrata() {
        int[] strata = {3, 1, 3, 1, 3, 7};
        int[] kept = new int[2];
        for (int round = 0; round < 1_000; round++) {
            int[] taken = Permutation.within(strata, random);
            assertThat(taken).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
            for (int i = 0; i < taken.length; i++) {
                assertThat(strata[taken[i]]).isEqualTo(strata[i]);
            }
            kept[taken[1] == 1 ? 1 : 0]++;
        }
        assertThat(kept[1]).isBetween(430, 570);
    }

    @Test
    void refusesWhatCannotBePermuted() {
        boolean[] labels = {true, true, false};
        assertRefused(Reason.ONE_CLASS, "coarser strata", () -> LabelPermutation.within(labels, new int[] {1, 1, 2}));
        assertRefused(Reason.ONE_CLASS, "all 2 labels are false", () -> LabelPermutation.of(new boolean[2]));
        assertRefused(Reason.LENGTHS_DIFFER, "strata has 2", () -> LabelPermutation.within(labels, new int[2]));
        assertRefused(Reason.EMPTY, "empty", () -> LabelPermutation.of(new boolean[0]));
        LabelPermutation permutation = LabelPermutation.of(labels);
        assertRefused(Reason.OUT_OF_RANGE, "permutations is 0", () -> permutation.matrix(0, random));
        assertRefused(Reason.OUT_OF_RANGE, "exceed an array", () -> permutation.matrix(1_000_000_000, random));
        assertRefused(Reason.NOT_FINITE, "NaN", () -> permutation.test(l -> 0.0 / 0, 9, Alternative.LESS, random));
    }

    @Test
    void refusesWhatHasNoPValue() {
        Alternative greater = Alternative.GREATER;
        assertRefused(
                Reason.CONSTANT,
                "all 3 differences are 0",
                () -> Permutation.signFlip(new double[3], 9, greater, random));
        assertRefused(Reason.EMPTY, "empty", () -> Permutation.signFlip(new double[0], 9, greater, random));
        assertRefused(
                Reason.NOT_FINITE,
                "differences[0] is NaN",
                () -> Permutation.signFlip(new double[] {0.0 / 0}, 9, greater, random));
        assertRefused(
                Reason.OUT_OF_RANGE,
                "permutations is 0",
                () -> Permutation.signFlip(new double[] {1}, 0, greater, random));
        assertRefused(Reason.OUT_OF_RANGE, "5 of 4", () -> Permutation.pValue(5, 4));
        assertRefused(Reason.EMPTY, "nulls is empty", () -> Permutation.pValue(1, new double[0], greater));
        assertRefused(
                Reason.NOT_FINITE, "nulls[0] is NaN", () -> Permutation.pValue(1, new double[] {0.0 / 0}, greater));
        assertRefused(
                Reason.NOT_FINITE,
                "observed statistic is NaN",
                () -> Permutation.pValue(0.0 / 0, new double[1], greater));
        assertRefused(Reason.EMPTY, "strata is empty", () -> Permutation.within(new int[0], random));
    }
}
