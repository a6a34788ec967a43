package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Multiple testing, shares, moments, effect sizes, entropy, quantiles and halves. */
class SmallStatisticsTest {

    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final double[] X = Goldens.values("moments.x");
    private static final double[] NAN = {1, Double.NaN, 2};

    @Test
    void correctionsAgreeWithStatsmodels() {
        double[] p = Goldens.values("multiple.p");
        assertThat(MultipleTesting.benjaminiHochberg(p)).containsExactly(Goldens.values("multiple.bh"), ROUNDING);
        assertThat(MultipleTesting.holm(p)).containsExactly(Goldens.values("multiple.holm"), ROUNDING);
        assertThat(MultipleTesting.holm(new double[] {0.03})).containsExactly(0.03);
        assertRefused(Reason.EMPTY, "pValues is empty", () -> MultipleTesting.holm(new double[0]));
        assertRefused(
                Reason.OUT_OF_RANGE,
                "pValues[1] is 1.5",
                () -> MultipleTesting.benjaminiHochberg(new double[] {0, 1.5}));
        assertRefused(Reason.OUT_OF_RANGE, "pValues[1] is NaN", () -> MultipleTesting.benjaminiHochberg(NAN));
    }

    @Test
    void sharesAgreeWithStatsmodels() {
        double[][] grid = Goldens.rows("binomial.grid", 30);
        for (double[] row : grid) {
            int successes = (int) row[0];
            int trials = (int) row[1];
            assertInterval(Binomial.wilson(successes, trials, row[2]), row[3], row[4]);
            assertInterval(Binomial.clopperPearson(successes, trials, row[2]), row[5], row[6]);
            assertThat(Binomial.atLeast(successes, trials, 0.3)).isCloseTo(row[7], within(1e-11));
        }
        assertRefused(Reason.OUT_OF_RANGE, "3 successes in 2 trials", () -> Binomial.wilson(3, 2, 0.95));
        assertRefused(Reason.OUT_OF_RANGE, "trials is 0", () -> Binomial.clopperPearson(0, 0, 0.95));
        assertRefused(Reason.OUT_OF_RANGE, "level is 0.0", () -> Binomial.wilson(1, 2, 0));
        assertRefused(Reason.OUT_OF_RANGE, "probability is NaN", () -> Binomial.atLeast(1, 2, Double.NaN));
    }

    private static void assertInterval(Interval interval, double low, double high) {
        assertThat(interval.low()).isCloseTo(low, within(1e-11));
        assertThat(interval.high()).isCloseTo(high, within(1e-11));
        assertThat(interval.contains(interval.estimate())).isTrue();
    }

    @Test
    void specialFunctionsAgreeWithSciPy() {
        double[] x = Goldens.values("normal.x");
        double[] cdf = Goldens.values("normal.cdf");
        for (int i = 0; i < x.length; i++) {
            assertThat(Normal.cdf(x[i])).isCloseTo(cdf[i], within(5e-13 * cdf[i]));
        }
        double[] p = Goldens.values("normal.p");
        double[] quantile = Goldens.values("normal.quantile");
        for (int i = 0; i < p.length; i++) {
            assertThat(Normal.quantile(p[i])).isCloseTo(quantile[i], within(1e-13 * (1 + Math.abs(quantile[i]))));
        }
        for (double[] row : Goldens.rows("beta.grid", 120)) {
            assertThat(Beta.cdf(row[0], row[1], row[2])).isCloseTo(row[3], within(1e-10 * row[3] + 1e-300));
        }
    }

    @Test
    void momentsAgreeWithNumPyAndSciPy() {
        assertThat(Moments.mean(X)).isCloseTo(Goldens.value("moments.mean"), ROUNDING);
        assertThat(Moments.variance(X)).isCloseTo(Goldens.value("moments.variance"), ROUNDING);
        assertThat(Moments.standardDeviation(X)).isCloseTo(Math.sqrt(Goldens.value("moments.variance")), ROUNDING);
        assertThat(Moments.skewness(X)).isCloseTo(Goldens.value("moments.skewness"), ROUNDING);
        assertThat(Moments.skewness(new double[] {1, 2, 3})).isZero();
        assertThat(Moments.kurtosis(X)).isCloseTo(Goldens.value("moments.kurtosis"), ROUNDING);
        assertThat(Moments.kurtosis(new double[] {-1, 1})).isEqualTo(-2);
        assertRefused(Reason.EMPTY, "empty", () -> Moments.mean(new double[0]));
        assertRefused(Reason.TOO_FEW, "at least 2", () -> Moments.variance(new double[1]));
        assertRefused(Reason.NOT_FINITE, "values[1] is NaN", () -> Moments.skewness(NAN));
        assertRefused(Reason.CONSTANT, "skewness", () -> Moments.skewness(new double[] {0.1, 0.1, 0.1}));
        assertRefused(Reason.CONSTANT, "kurtosis", () -> Moments.kurtosis(new double[] {0.1, 0.1, 0.1}));
        assertRefused(Reason.OUT_OF_RANGE, "exceed float64", () -> Moments.mean(new double[] {1e308, 1e308}));
        assertRefused(Reason.OUT_OF_RANGE, "exceed float64", () -> Moments.variance(new double[] {1e300, -1e300}));
    }

    @Test
    void effectSizesAgreeWithSciPy() {
        double[] first = Goldens.values("effect.first");
        double[] second = Goldens.values("effect.second");
        assertThat(EffectSize.cohenD(first, second)).isCloseTo(Goldens.value("effect.d"), ROUNDING);
        assertThat(EffectSize.dz(first)).isCloseTo(Goldens.value("effect.dz"), ROUNDING);
        double[] tenths = {0.1, 0.1, 0.1};
        assertRefused(Reason.CONSTANT, "each sample", () -> EffectSize.cohenD(tenths, new double[2]));
        assertRefused(Reason.CONSTANT, "differences", () -> EffectSize.dz(tenths));
        assertRefused(Reason.TOO_FEW, "at least 2", () -> EffectSize.cohenD(new double[1], second));
        assertRefused(Reason.NOT_FINITE, "NaN", () -> EffectSize.dz(NAN));
    }

    @Test
    void entropyAgreesWithSciPy() {
        assertThat(Entropy.nats(X)).isCloseTo(Goldens.value("moments.nats"), ROUNDING);
        assertThat(Entropy.bits(X)).isCloseTo(Goldens.value("moments.bits"), ROUNDING);
        assertThat(Entropy.nats(new int[] {0, 7, 0})).isZero();
        assertThat(Entropy.effectiveNumber(new double[] {3, 3, 0, 3, 3})).isCloseTo(4, ROUNDING);
        assertThat(Entropy.effectiveNumber(new double[] {1e308, 1e308})).isCloseTo(2, ROUNDING);
        assertRefused(Reason.EMPTY, "empty", () -> Entropy.nats(new double[0]));
        assertRefused(Reason.EMPTY, "all 2 weights are 0", () -> Entropy.nats(new int[2]));
        assertRefused(Reason.OUT_OF_RANGE, "weights[0] is -1.0", () -> Entropy.bits(new double[] {-1, 2}));
        assertRefused(Reason.NOT_FINITE, "weights[1] is NaN", () -> Entropy.nats(NAN));
    }

    @Test
    void quantilesAgreeWithNumPy() {
        double[] probabilities = Goldens.values("moments.probabilities");
        double[] expected = Goldens.values("moments.quantiles");
        for (int i = 0; i < expected.length; i++) {
            assertThat(Quantiles.of(X, probabilities[i])).isCloseTo(expected[i], ROUNDING);
        }
        assertThat(Quantiles.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
        assertThat(Quantiles.of(new double[] {5}, 0.3)).isEqualTo(5);
        assertRefused(Reason.EMPTY, "empty", () -> Quantiles.median(new double[0]));
        assertRefused(Reason.NOT_FINITE, "values[1] is NaN", () -> Quantiles.median(NAN));
        assertRefused(Reason.OUT_OF_RANGE, "probability is 1.1", () -> Quantiles.of(X, 1.1));
    }

    @Test
    void binsHaveEqualSizesAndKeepTiesTogether() {
        assertThat(Quantiles.bins(new double[] {9, 1, 8, 2, 7, 3}, 3)).containsExactly(2, 0, 2, 0, 1, 1);
        assertThat(Quantiles.bins(new double[] {5, 5, 5, 5}, 4)).containsExactly(2, 2, 2, 2);
        assertThat(Quantiles.bins(new double[] {1, 2}, 5)).containsExactly(1, 3);
        assertRefused(Reason.OUT_OF_RANGE, "bins is 0", () -> Quantiles.bins(X, 0));
    }

    @Test
    void halvesAreThoseOfZlib() {
        List<String> words = List.of(
                "bank", "cat", "dog", "paw", "kitten", "n00001740", "na\u00efve", "\u6f22\u5b57", "\ud83d\ude00", "");
        double[] bits = Goldens.values("halves.bits");
        for (int i = 0; i < bits.length; i++) {
            assertThat(Halves.of(words.get(i))).isEqualTo(bits[i] == 0 ? Half.SELECTION : Half.REPORT);
        }
        Halves.Split<String> split = Halves.split(words, word -> word);
        assertThat(split.of(Half.SELECTION))
                .isEqualTo(split.selection())
                .isNotEmpty()
                .allSatisfy(word -> assertThat(Halves.of(word)).isEqualTo(Half.SELECTION));
        assertThat(split.of(Half.REPORT))
                .isEqualTo(split.report())
                .hasSize(words.size() - split.selection().size());
    }

    @Test
    void intervalsAreInOrder() {
        Interval interval = new Interval(0.5, 0.25, 0.75, 0.9);
        assertThat(interval.width()).isEqualTo(0.5);
        assertThat(interval.contains(0.25)).isTrue();
        assertThat(interval.contains(0.8)).isFalse();
        assertRefused(Reason.OUT_OF_RANGE, "ends before it begins", () -> new Interval(0, 1, 0, 0.9));
        assertRefused(Reason.NOT_FINITE, "NaN in [0.0, 1.0]", () -> new Interval(Double.NaN, 0, 1, 0.9));
    }
}
