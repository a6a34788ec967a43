package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AurocTest {

    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final boolean[] MIXED = {true, false, true, false};

    @ParameterizedTest
    @ValueSource(strings = {"continuous", "ties", "small", "reversed"})
    void agreesWithScikitLearn(String name) {
        double[] scores = Goldens.values("auroc." + name + ".scores");
        boolean[] labels = Goldens.labels("auroc." + name + ".labels");
        assertThat(Auroc.of(scores, labels)).isCloseTo(Goldens.value("auroc." + name + ".auroc"), ROUNDING);
        assertThat(AveragePrecision.of(scores, labels)).isCloseTo(Goldens.value("auroc." + name + ".ap"), ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"continuous", "ties", "small", "reversed"})
    void intervalsAgreeWithTheirDefinitions(String name) {
        double[] scores = Goldens.values("auroc." + name + ".scores");
        double[] other = Goldens.values("auroc." + name + ".other");
        boolean[] labels = Goldens.labels("auroc." + name + ".labels");
        assertEnds(Auroc.delong(scores, labels, 0.95), Goldens.values("auroc." + name + ".delong"));
        assertEnds(Auroc.interval(scores, labels, 0.95), Goldens.values("auroc." + name + ".score_interval"));
        Interval difference = Auroc.delongDifference(scores, other, labels, 0.95);
        double[] expected = Goldens.values("auroc." + name + ".difference");
        assertThat(difference.estimate()).isCloseTo(expected[0], ROUNDING);
        assertEnds(difference, Arrays.copyOfRange(expected, 1, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void scoreIntervalSolvesItsEquation(int number) {
        double[] golden = Goldens.values("auroc.interval" + number);
        Interval interval = Auroc.interval(golden[0], (int) golden[1], (int) golden[2], 0.95);
        assertEnds(interval, Arrays.copyOfRange(golden, 3, 5));
    }

    private static void assertEnds(Interval interval, double[] expected) {
        assertThat(interval.low()).isCloseTo(expected[0], within(1e-10));
        assertThat(interval.high()).isCloseTo(expected[1], within(1e-10));
    }

    @Test
    void knowsItsEnds() {
        double[] scores = {2, 1, 2, 1};
        assertThat(Auroc.of(scores, MIXED)).isEqualTo(1);
        assertThat(Auroc.of(new float[] {1, 2, 1, 2}, MIXED)).isZero();
        assertThat(Auroc.of(new double[4], MIXED)).isEqualTo(0.5);
        assertThat(AveragePrecision.of(scores, MIXED)).isEqualTo(1);
        assertThat(AveragePrecision.of(new float[4], new boolean[] {true, false, false, false}))
                .isEqualTo(0.25);
    }

    @Test
    void saysTheDirection() {
        assertThat(Auroc.direction(0.7)).isEqualTo(Direction.HIGHER_FOR_TRUE);
        assertThat(Auroc.direction(0.2)).isEqualTo(Direction.LOWER_FOR_TRUE);
        assertThat(Auroc.direction(0.5)).isEqualTo(Direction.NONE);
        assertThat(Auroc.unsigned(0.2)).isEqualTo(0.8);
    }

    @Test
    void floatsAndRankSumsGiveTheSame() {
        double[] scores = Goldens.values("auroc.ties.scores");
        boolean[] labels = Goldens.labels("auroc.ties.labels");
        float[] narrow = new float[scores.length];
        double rankSum = 0;
        int positives = 0;
        double[] ranks = Ranks.of(scores);
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) scores[i];
            rankSum += labels[i] ? ranks[i] : 0;
            positives += labels[i] ? 1 : 0;
        }
        double expected = Auroc.of(scores, labels);
        assertThat(Auroc.of(narrow, labels)).isEqualTo(expected);
        assertThat(AveragePrecision.of(narrow, labels)).isEqualTo(AveragePrecision.of(scores, labels));
        assertThat(Auroc.fromRankSum(rankSum, positives, labels.length - positives))
                .isEqualTo(expected);
    }

    @Test
    void statisticsOfAResampleAreThoseOfItsUnits() {
        double[] scores = Goldens.values("auroc.ties.scores");
        boolean[] labels = Goldens.labels("auroc.ties.labels");
        IndexStatistic area = Auroc.statistic(scores, labels);
        IndexStatistic precision = AveragePrecision.statistic(scores, labels);
        SeededRandom random = SeededRandom.of(3, "auroc");
        for (int round = 0; round < 30; round++) {
            int[] units = random.sample(scores.length, 40);
            units[3] = units[7];
            double[] picked = Samples.pick(scores, units);
            boolean[] pickedLabels = Samples.pick(labels, units);
            assertThat(area.of(units)).isEqualTo(Auroc.of(picked, pickedLabels));
            assertThat(precision.of(units)).isEqualTo(AveragePrecision.of(picked, pickedLabels));
        }
        int[] onlyTrue = {6, 6, 13};
        assertRefused(Reason.ONE_CLASS, "all 3 labels are true", () -> area.of(onlyTrue));
        assertRefused(Reason.ONE_CLASS, "all 3 labels are true", () -> precision.of(onlyTrue));
    }

    @Test
    void refusesWhatHasNoArea() {
        double[] scores = {1, 2, 3, Double.NEGATIVE_INFINITY};
        boolean[] allTrue = {true, true, true, true};
        assertRefused(Reason.NOT_FINITE, "scores[3] is -Infinity", () -> Auroc.of(scores, MIXED));
        assertRefused(Reason.NOT_FINITE, "scores[0] is NaN", () -> Auroc.of(new float[] {0f / 0, 1, 2, 3}, MIXED));
        assertRefused(Reason.NOT_FINITE, "scores[3] is -Infinity", () -> AveragePrecision.of(scores, MIXED));
        assertRefused(Reason.ONE_CLASS, "all 4 labels are true", () -> Auroc.of(new double[4], allTrue));
        assertRefused(Reason.ONE_CLASS, "all 4 labels are false", () -> Auroc.of(new float[4], new boolean[4]));
        assertRefused(Reason.ONE_CLASS, "all 4 labels are true", () -> AveragePrecision.of(new double[4], allTrue));
        assertRefused(Reason.EMPTY, "empty", () -> Auroc.of(new double[0], new boolean[0]));
        assertRefused(Reason.EMPTY, "empty", () -> AveragePrecision.of(new double[0], new boolean[0]));
        assertRefused(Reason.LENGTHS_DIFFER, "scores has 3", () -> Auroc.of(new double[3], MIXED));
        assertRefused(Reason.LENGTHS_DIFFER, "scores has 3", () -> AveragePrecision.of(new double[3], MIXED));
    }

    @Test
    void refusesIntervalsThatWouldBePoints() {
        double[] perfect = {2, 1, 2, 1};
        assertRefused(Reason.CONSTANT, "Auroc.interval", () -> Auroc.delong(perfect, MIXED, 0.95));
        assertRefused(Reason.CONSTANT, "variance 0", () -> Auroc.delongDifference(perfect, perfect, MIXED, 0.95));
        boolean[] oneTrue = {true, false, false, false};
        assertRefused(Reason.TOO_FEW, "1 true and 3 false", () -> Auroc.delong(perfect, oneTrue, 0.95));
        assertThat(Auroc.interval(perfect, MIXED, 0.95).low()).isBetween(0.2, 0.5);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertRefused(Reason.OUT_OF_RANGE, "not at 1.5", () -> Auroc.direction(1.5));
        assertRefused(Reason.OUT_OF_RANGE, "not at NaN", () -> Auroc.unsigned(Double.NaN));
        assertRefused(Reason.OUT_OF_RANGE, "level is 95.0", () -> Auroc.interval(0.5, 3, 3, 95));
        assertRefused(Reason.ONE_CLASS, "0 true and 3 false", () -> Auroc.interval(0.5, 0, 3, 0.95));
        assertRefused(Reason.OUT_OF_RANGE, "lies between 3.0 and 7.0, not 2.0", () -> Auroc.fromRankSum(2, 2, 2));
    }
}
