package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.LogisticRegression.Options;
import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTest {

    /** Both stop near the minimum, not at it; measured at most 2e-7 with C = 100. */
    private static final Offset<Double> NEAR = within(1e-6);

    private static final double[][] ROWS = {{0, 1}, {1, 0}, {2, 2}, {3, 1}};

    @ParameterizedTest
    @ValueSource(strings = {"binary", "four", "scales", "wide"})
    void agreesWithScikitLearn(String name) {
        int[] classes = Goldens.integers("logistic." + name + ".classes");
        double[][] rows = Goldens.rows("logistic." + name + ".rows", classes.length);
        double[] strengths = Goldens.values("logistic." + name + ".c");
        for (int i = 0; i < strengths.length; i++) {
            LogisticModel model = LogisticRegression.fit(rows, classes, Options.ofC(strengths[i]));
            assertThat(flat(model.weights()))
                    .containsExactly(Goldens.values("logistic." + name + ".weights" + i), NEAR);
            assertThat(model.intercepts())
                    .containsExactly(Goldens.values("logistic." + name + ".intercepts" + i), NEAR);
            double[][] probabilities = Goldens.rows("logistic." + name + ".probabilities" + i, 5);
            for (int row = 0; row < 5; row++) {
                assertThat(model.probabilities(rows[row])).containsExactly(probabilities[row], NEAR);
            }
        }
    }

    private static double[] flat(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void predictsTheMostProbableClass() {
        int[] classes = Goldens.integers("logistic.four.classes");
        double[][] rows = Goldens.rows("logistic.four.rows", classes.length);
        LogisticModel model = LogisticRegression.fit(rows, classes, Options.ofC(1));
        assertThat(model.classes()).isEqualTo(4);
        assertThat(model.features()).isEqualTo(5);
        for (double[] row : rows) {
            double[] probabilities = model.probabilities(row);
            assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-12));
            assertThat(probabilities[model.predict(row)])
                    .isEqualTo(Arrays.stream(probabilities).max().orElseThrow());
        }
        ConfusionMatrix confusion = ConfusionMatrix.of(classes, model.predict(rows), 4);
        assertThat(confusion.accuracy()).isGreaterThan(0.5);
    }

    @Test
    void twoClassesMayBeLabels() {
        boolean[] labels = {false, true, false, true};
        LogisticModel model = LogisticRegression.fit(ROWS, labels, Options.ofC(1));
        LogisticModel same = LogisticRegression.fit(ROWS, new int[] {0, 1, 0, 1}, Options.ofC(1));
        assertThat(model.weights()).isDeepEqualTo(same.weights());
        assertThat(model.scores(ROWS[1])).hasSize(1);
        assertThat(model.predict(ROWS[1])).isEqualTo(1);
    }

    @Test
    void settlesOnSeparableDataWithAWeakPenalty() {
        double[][] rows = {{-2}, {-1}, {1}, {2}};
        LogisticModel model = LogisticRegression.fit(rows, new int[] {0, 0, 1, 1}, Options.ofC(1e6));
        assertThat(model.predict(rows)).containsExactly(0, 0, 1, 1);
        assertThat(model.weights()[0][0]).isBetween(5.0, 50.0);
        LogisticModel three = LogisticRegression.fit(rows, new int[] {0, 1, 1, 2}, Options.ofC(1e4));
        assertThat(three.predict(rows)).containsExactly(0, 1, 1, 2);
    }

    @Test
    void featuresWithoutInformationLeaveThePrevalence() {
        double[][] constant = {{0}, {0}, {0}, {0}};
        LogisticModel model = LogisticRegression.fit(constant, new int[] {0, 0, 0, 1}, Options.ofC(1));
        assertThat(model.probabilities(new double[] {3})).containsExactly(new double[] {0.75, 0.25}, within(1e-9));
    }

    @Test
    void standardisesAsScikitLearnDoes() {
        double[][] rows = Goldens.rows("logistic.scales.rows", 60);
        double[][] expected = Goldens.rows("standardisation", 60);
        double[][] scaled = Standardisation.of(rows).apply(rows);
        for (int i = 0; i < rows.length; i++) {
            assertThat(scaled[i]).containsExactly(expected[i], within(1e-10));
        }
        double[][] constant = {{0.1, 1}, {0.1, 3}, {0.1, 2}};
        assertThat(Standardisation.of(constant).apply(new double[][] {{0.1, 2}, {1.1, 2}}))
                .satisfies(r -> assertThat(r[0][0]).isCloseTo(0, within(1e-15)))
                .satisfies(r -> assertThat(r[1][0]).isCloseTo(1, within(1e-15)));
    }

    @Test
    void rowsOfHalfTheSizeGiveTheSame() {
        double[][] rows = Goldens.rows("logistic.binary.rows", Goldens.integers("logistic.binary.classes").length);
        boolean[] labels = labels(Goldens.integers("logistic.binary.classes"));
        float[][] narrow = narrowed(rows);
        Standardisation scale = Standardisation.of(rows);
        Standardisation.of(narrow).applyInPlace(narrow);
        double[][] scaled = scale.apply(rows);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                assertThat((double) narrow[i][j]).isCloseTo(scaled[i][j], within(1e-5));
            }
        }
        LogisticModel wide = LogisticRegression.fit(scaled, labels, Options.ofC(1));
        assertThat(LogisticRegression.fit(narrow, labels, Options.ofC(1)).weights()[0])
                .containsExactly(wide.weights()[0], within(1e-5));
    }

    private static boolean[] labels(int[] classes) {
        boolean[] labels = new boolean[classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes[i] == 1;
        }
        return labels;
    }

    private static float[][] narrowed(double[][] rows) {
        float[][] narrow = new float[rows.length][rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                narrow[i][j] = (float) rows[i][j];
            }
        }
        return narrow;
    }

    @Test
    void refusesBadRowsOfHalfTheSize() {
        Options options = Options.ofC(1);
        boolean[] labels = {false, true};
        assertRefused(Reason.EMPTY, "rows is empty", () -> LogisticRegression.fit(new float[0][], labels, options));
        assertRefused(Reason.EMPTY, "rows[0] is empty", () -> Standardisation.of(new float[2][0]));
        float[][] ragged = {{0, 1}, {1}};
        assertRefused(Reason.LENGTHS_DIFFER, "rows[1] has 1", () -> LogisticRegression.fit(ragged, labels, options));
        float[][] infinite = {{0, 1}, {1, Float.POSITIVE_INFINITY}};
        assertRefused(Reason.NOT_FINITE, "rows[1][1] is Inf", () -> Standardisation.of(infinite));
        Standardisation scale = Standardisation.of(ROWS);
        assertRefused(Reason.LENGTHS_DIFFER, "rows[1] has 1", () -> scale.applyInPlace(ragged));
        assertRefused(Reason.NOT_FINITE, "rows[1][1] is Inf", () -> scale.applyInPlace(infinite));
    }

    @Test
    void confusionAgreesWithScikitLearn() {
        int[] truth = Goldens.integers("confusion.truth");
        int[] predicted = Goldens.integers("confusion.predicted");
        ConfusionMatrix confusion = ConfusionMatrix.of(truth, predicted, 7);
        assertThat(confusion.accuracy()).isCloseTo(Goldens.value("confusion.accuracy"), within(1e-12));
        assertThat(confusion.macroF1()).isCloseTo(Goldens.value("confusion.macro_f1"), within(1e-12));
        for (int k = 0; k < 5; k++) {
            assertThat(confusion.precision(k)).isCloseTo(Goldens.values("confusion.precision")[k], within(1e-12));
            assertThat(confusion.recall(k)).isCloseTo(Goldens.values("confusion.recall")[k], within(1e-12));
            assertThat(confusion.f1(k)).isCloseTo(Goldens.values("confusion.f1")[k], within(1e-12));
        }
        assertThat(confusion.f1(6)).isZero();
        assertThat(confusion.classes()).isEqualTo(7);
        assertThat(confusion.count(0, 0)).isPositive();
    }

    @Test
    void findsWhatHundredsOfFeaturesKnow() {
        SeededRandom random = SeededRandom.of(7, "logistic");
        double[][] rows = new double[2_000][300];
        int[] classes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double score = 0;
            for (int j = 0; j < 300; j++) {
                rows[i][j] = random.nextGaussian();
                score += j < 20 ? rows[i][j] / 2 : 0;
            }
            classes[i] = score < -1 ? 0 : score < 1 ? 1 : 2;
        }
        double[][] seen = Arrays.copyOf(rows, 1_500);
        LogisticModel model = LogisticRegression.fit(seen, Arrays.copyOf(classes, 1_500), Options.ofC(0.05));
        int[] heldOut = model.predict(Arrays.copyOfRange(rows, 1_500, 2_000));
        ConfusionMatrix confusion = ConfusionMatrix.of(Arrays.copyOfRange(classes, 1_500, 2_000), heldOut, 3);
        assertThat(confusion.macroF1()).isGreaterThan(0.7);
    }

    @Test
    void refusesWhatCannotBeFitted() {
        Options options = Options.ofC(1);
        int[] classes = {0, 1, 0, 1};
        assertRefused(Reason.LENGTHS_DIFFER, "rows has 4", () -> LogisticRegression.fit(ROWS, new int[3], options));
        assertRefused(
                Reason.EMPTY, "rows is empty", () -> LogisticRegression.fit(new double[0][], new int[0], options));
        assertRefused(
                Reason.EMPTY, "rows[0] is empty", () -> LogisticRegression.fit(new double[4][0], classes, options));
        assertRefused(Reason.ONE_CLASS, "at least two", () -> LogisticRegression.fit(ROWS, new int[4], options));
        assertRefused(
                Reason.ONE_CLASS,
                "class 1 of 0 to 2",
                () -> LogisticRegression.fit(ROWS, new int[] {0, 2, 0, 2}, options));
        assertRefused(
                Reason.ONE_CLASS, "without gaps", () -> LogisticRegression.fit(ROWS, new int[] {0, 9, 0, 2}, options));
        assertRefused(
                Reason.OUT_OF_RANGE,
                "classes[1] is -1",
                () -> LogisticRegression.fit(ROWS, new int[] {0, -1, 0, 2}, options));
        double[][] ragged = {{0, 1}, {1}, {2, 2}, {3, 1}};
        assertRefused(Reason.LENGTHS_DIFFER, "rows[1] has 1", () -> LogisticRegression.fit(ragged, classes, options));
        double[][] nan = {{0, 1}, {1, 0}, {2, Double.NaN}, {3, 1}};
        assertRefused(Reason.NOT_FINITE, "rows[2][1] is NaN", () -> LogisticRegression.fit(nan, classes, options));
        Options hasty = new Options(1e6, 1e-12, 1);
        assertRefused(Reason.NOT_CONVERGED, "1 Newton steps", () -> LogisticRegression.fit(ROWS, classes, hasty));
    }

    @Test
    void refusesBadOptionsAndRows() {
        assertRefused(Reason.OUT_OF_RANGE, "c is 0.0", () -> Options.ofC(0));
        assertRefused(Reason.OUT_OF_RANGE, "c is NaN", () -> Options.ofC(Double.NaN));
        assertRefused(Reason.OUT_OF_RANGE, "tolerance is 0.0", () -> new Options(1, 0, 5));
        assertRefused(Reason.OUT_OF_RANGE, "maxIterations is 0", () -> new Options(1, 0.1, 0));
        LogisticModel model = LogisticRegression.fit(ROWS, new int[] {0, 1, 0, 1}, Options.ofC(1));
        assertRefused(Reason.LENGTHS_DIFFER, "row has 3", () -> model.predict(new double[3]));
        assertRefused(Reason.NOT_FINITE, "row[0] is NaN", () -> model.scores(new double[] {0.0 / 0, 1}));
        Standardisation standardisation = Standardisation.of(ROWS);
        assertRefused(Reason.LENGTHS_DIFFER, "rows[0] has 1", () -> standardisation.apply(new double[1][1]));
        assertRefused(Reason.EMPTY, "rows is empty", () -> Standardisation.of(new double[0][]));
        assertRefused(Reason.OUT_OF_RANGE, "predicted[0] is 2", () -> ConfusionMatrix.of(new int[1], new int[] {2}, 2));
        assertRefused(Reason.LENGTHS_DIFFER, "predicted has 2", () -> ConfusionMatrix.of(new int[1], new int[2], 2));
        assertRefused(Reason.EMPTY, "truth is empty", () -> ConfusionMatrix.of(new int[0], new int[0], 2));
        assertRefused(Reason.ONE_CLASS, "classes is 1", () -> ConfusionMatrix.of(new int[1], new int[1], 1));
    }
}
