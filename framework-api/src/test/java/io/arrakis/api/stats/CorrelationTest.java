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

class CorrelationTest {

    /** SciPy rounds in another order; measured at most 4e-16, and 3e-9 where values of 1e9 differ by 1. */
    private static final Offset<Double> ROUNDING = within(1e-13);

    private static final double[] X = {1, 2, 3, 4, 5.5};

    @ParameterizedTest
    @ValueSource(strings = {"continuous", "ties", "binary", "shifted"})
    void agreesWithSciPy(String name) {
        double[] x = Goldens.values("correlation." + name + ".x");
        double[] y = Goldens.values("correlation." + name + ".y");
        assertThat(Correlation.pearson(x, y))
                .isCloseTo(Goldens.value("correlation." + name + ".pearson"), within(1e-8));
        assertThat(Correlation.spearman(x, y)).isCloseTo(Goldens.value("correlation." + name + ".spearman"), ROUNDING);
        double[][] controls = new double[0][];
        for (int i = 0; Goldens.has("correlation." + name + ".control" + i); i++) {
            controls = Arrays.copyOf(controls, i + 1);
            controls[i] = Goldens.values("correlation." + name + ".control" + i);
            double expected = Goldens.value("correlation." + name + ".partial" + (i + 1));
            assertThat(Correlation.partialSpearman(x, y, controls)).isCloseTo(expected, ROUNDING);
        }
        assertThat(controls).isNotEmpty();
    }

    @Test
    void partialWithoutControlsIsPlain() {
        double[] y = {2, 1, 4, 3, 5};
        assertThat(Correlation.partialSpearman(X, y))
                .isEqualTo(Correlation.spearman(X, y))
                .isCloseTo(0.8, ROUNDING);
    }

    @Test
    void countsRepeatedAndConstantControlsOnce() {
        double[] x = Goldens.values("correlation.ties.x");
        double[] y = Goldens.values("correlation.ties.y");
        double[] control = Goldens.values("correlation.ties.control0");
        double[] cubed = Arrays.stream(control).map(v -> v * v * v).toArray();
        double expected = Correlation.partialSpearman(x, y, control);
        assertThat(Correlation.partialSpearman(x, y, control, cubed, new double[x.length]))
                .isCloseTo(expected, ROUNDING);
    }

    @Test
    void staysWithinOneForAnySize() {
        for (double factor : new double[] {1, -1e-200, 1e200, 1e-308}) {
            double[] y = Arrays.stream(X).map(v -> factor * v).toArray();
            assertThat(Correlation.pearson(X, y))
                    .isCloseTo(Math.signum(factor), within(1e-15))
                    .isBetween(-1.0, 1.0);
            assertThat(Correlation.spearman(X, y)).isEqualTo(Math.signum(factor));
        }
    }

    @Test
    void statisticsOnTheSampleAreTheCorrelations() {
        double[] x = Goldens.values("correlation.ties.x");
        double[] y = Goldens.values("correlation.ties.y");
        double[] control = Goldens.values("correlation.ties.control0");
        int[] units = {5, 3, 3, 40, 8, 22, 61, 70, 5, 12, 19, 33};
        double[] pickedX = Samples.pick(x, units);
        double[] pickedY = Samples.pick(y, units);
        assertThat(Correlation.spearmanStatistic(x, y).of(units)).isEqualTo(Correlation.spearman(pickedX, pickedY));
        assertThat(Correlation.partialSpearmanStatistic(x, y, control).of(units))
                .isEqualTo(Correlation.partialSpearman(pickedX, pickedY, Samples.pick(control, units)));
    }

    @Test
    void refusesWhatDoesNotVary() {
        double[] tenths = {0.1, 0.1, 0.1, 0.1, 0.1};
        assertRefused(Reason.CONSTANT, "all values of y are equal", () -> Correlation.pearson(X, tenths));
        assertRefused(Reason.CONSTANT, "all values of x are equal", () -> Correlation.spearman(tenths, X));
        assertRefused(
                Reason.CONSTANT,
                "x given the controls",
                () -> Correlation.partialSpearman(X, new double[] {2, 1, 4, 3, 5}, X));
    }

    @Test
    void refusesWhatIsNoPairOfSamples() {
        double[] nan = {1, 2, Double.NaN, 4, 5};
        assertRefused(Reason.NOT_FINITE, "y[2] is NaN", () -> Correlation.pearson(X, nan));
        assertRefused(Reason.NOT_FINITE, "x[2] is NaN", () -> Correlation.spearman(nan, X));
        assertRefused(Reason.NOT_FINITE, "controls[0][2] is NaN", () -> Correlation.partialSpearman(X, X, nan));
        assertRefused(Reason.LENGTHS_DIFFER, "x has 5 values, y has 1", () -> Correlation.spearman(X, new double[1]));
        assertRefused(
                Reason.LENGTHS_DIFFER, "controls[0] has 2", () -> Correlation.partialSpearman(X, X, new double[2]));
        assertRefused(Reason.EMPTY, "x is empty", () -> Correlation.pearson(new double[0], new double[0]));
        assertRefused(Reason.TOO_FEW, "at least 2", () -> Correlation.pearson(new double[1], new double[1]));
        assertRefused(Reason.TOO_FEW, "at least 6", () -> Correlation.partialSpearman(X, X, X, X, X));
    }
}
