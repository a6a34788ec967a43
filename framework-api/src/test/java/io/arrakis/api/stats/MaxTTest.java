package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaxTTest {

    private static final int UNITS = 12;
    private static final int PERMUTATIONS = 199;

    private final LabelPermutation plain = LabelPermutation.of(Goldens.labels("maxt.labels"));
    private final LabelPermutation stratified =
            LabelPermutation.within(Goldens.labels("maxt.labels"), Goldens.integers("maxt.strata"));
    private final double[] sums = Goldens.values("maxt.sums");
    private final SeededRandom random = SeededRandom.of(7, "max-t");

    @ParameterizedTest
    @EnumSource(Alternative.class)
    void agreesWithNumPy(Alternative alternative) {
        assertAgrees(MaxT.ofAuroc(plain, UNITS, PERMUTATIONS, alternative), "maxt.plain." + alternative);
        assertAgrees(MaxT.ofAuroc(stratified, UNITS, PERMUTATIONS, alternative), "maxt.stratified." + alternative);
    }

    private void assertAgrees(MaxT search, String name) {
        search.add(0, UNITS, sums);
        MaxTResult result = search.result();
        double[] aurocs = Goldens.values("maxt.aurocs");
        double[] adjusted = Goldens.values(name + ".adjusted");
        assertThat(result.units()).isEqualTo(UNITS);
        assertThat(result.pValues()).containsExactly(Goldens.values(name + ".p"), within(1e-12));
        for (int unit = 0; unit < UNITS; unit++) {
            assertThat(result.auroc(unit)).isCloseTo(aurocs[unit], within(1e-12));
            assertThat(result.adjustedPValue(unit)).isCloseTo(adjusted[unit], within(1e-12));
        }
    }

    @Test
    void blocksThreadsAndTypesDoNotMatter() throws InterruptedException {
        MaxT whole = MaxT.ofAuroc(plain, UNITS, PERMUTATIONS, Alternative.TWO_SIDED);
        whole.add(0, UNITS, sums);
        MaxT parts = MaxT.ofAuroc(plain, UNITS, PERMUTATIONS, Alternative.TWO_SIDED);
        float[] narrow = new float[sums.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) sums[i];
        }
        int column = PERMUTATIONS + 1;
        Thread other = new Thread(() -> parts.add(5, 7, Arrays.copyOfRange(narrow, 5 * column, 20 * column)));
        other.start();
        parts.add(0, 5, narrow);
        other.join();
        assertThat(parts.result().sortedMaxima()).containsExactly(whole.result().sortedMaxima());
        assertThat(parts.result().pValues()).containsExactly(whole.result().pValues());
    }

    @Test
    void searchIsWhatItsDefinitionSays() {
        boolean[] labels = Goldens.labels("maxt.labels");
        int texts = labels.length;
        float[] responses = new float[texts * 20];
        for (int i = 0; i < responses.length; i++) {
            responses[i] = (float) Math.rint(3 * random.nextGaussian());
        }
        MaxTResult result = MaxT.search(responses, plain, 50, Alternative.TWO_SIDED, random.child("p"));
        double[] largest = new double[50];
        SeededRandom same = random.child("p");
        for (int b = 0; b < 50; b++) {
            boolean[] shuffled = plain.shuffled(same);
            for (int unit = 0; unit < 20; unit++) {
                double area = Auroc.of(column(responses, 20, unit), shuffled);
                largest[b] = Math.max(largest[b], Math.abs(area - 0.5));
            }
        }
        for (int unit = 0; unit < 20; unit++) {
            double area = Auroc.of(column(responses, 20, unit), labels);
            double distance = Math.abs(area - 0.5) - 1e-9;
            int asExtreme = 0;
            for (double value : largest) {
                asExtreme += value >= distance ? 1 : 0;
            }
            assertThat(result.auroc(unit)).isCloseTo(area, within(1e-12));
            assertThat(result.adjustedPValue(unit)).isCloseTo((1 + asExtreme) / 51.0, within(1e-12));
        }
    }

    private static float[] column(float[] matrix, int columns, int column) {
        float[] values = new float[matrix.length / columns];
        for (int row = 0; row < values.length; row++) {
            values[row] = matrix[row * columns + column];
        }
        return values;
    }

    @Test
    void findsAPlantedUnitAmongMany() {
        int texts = 60;
        int units = 2_000;
        boolean[] labels = new boolean[texts];
        float[] responses = new float[texts * units];
        for (int text = 0; text < texts; text++) {
            labels[text] = text % 2 == 0;
            for (int unit = 0; unit < units; unit++) {
                boolean planted = unit == 1_234;
                responses[text * units + unit] = (float) (random.nextGaussian() - (planted && labels[text] ? 2.5 : 0));
            }
        }
        MaxTResult result = MaxT.search(responses, LabelPermutation.of(labels), 199, Alternative.TWO_SIDED, random);
        assertThat(result.best()).isEqualTo(1_234);
        assertThat(result.adjustedPValue(1_234)).isLessThan(0.01);
        assertThat(result.auroc(1_234)).isLessThan(0.2);
        assertThat(result.adjustedPValue(0)).isGreaterThan(0.05);
        assertThat(result.pValue(1_234)).isEqualTo(0.005);
    }

    @Test
    void aUnitThatFollowsTheStrataDoesNotDrownTheOthers() {
        int texts = 120;
        boolean[] labels = new boolean[texts];
        int[] strata = new int[texts];
        float[] responses = new float[2 * texts];
        for (int text = 0; text < texts; text++) {
            strata[text] = text % 2;
            labels[text] = random.nextDouble() < (strata[text] == 1 ? 0.9 : 0.1);
            responses[2 * text] = (float) (5 * strata[text] + random.nextGaussian());
            responses[2 * text + 1] = (float) (random.nextGaussian() + (labels[text] ? 1.5 : 0));
        }
        LabelPermutation within = LabelPermutation.within(labels, strata);
        MaxTResult result = MaxT.search(responses, within, 499, Alternative.TWO_SIDED, random);
        assertThat(result.auroc(0)).isGreaterThan(0.8);
        assertThat(result.pValue(0)).isGreaterThan(0.01);
        assertThat(result.best()).isEqualTo(1);
        assertThat(result.adjustedPValue(1)).isLessThan(0.02);
    }

    @Test
    void standardisingHelpsUnitsWithManyTies() {
        int texts = 100;
        boolean[] labels = new boolean[texts];
        double[] sparse = new double[texts];
        for (int text = 0; text < texts; text++) {
            labels[text] = text < 30;
            sparse[text] = text < 8 ? 1 : 0;
        }
        LabelPermutation permutation = LabelPermutation.of(labels);
        MaxT search = MaxT.ofStandardisedAuroc(permutation, 100, 499, Alternative.TWO_SIDED);
        MaxT distances = MaxT.ofAuroc(permutation, 100, 499, Alternative.TWO_SIDED);
        float[] arrangements = permutation.matrix(499, random);
        for (int unit = 0; unit < 100; unit++) {
            double[] values = unit == 0 ? sparse : unit == 1 ? new double[texts] : gaussians(texts);
            double[] rankSums = rankSums(arrangements, Ranks.of(values));
            search.add(unit, 1, rankSums);
            distances.add(unit, 1, rankSums);
        }
        assertThat(search.result().adjustedPValue(0)).isLessThan(0.05);
        assertThat(distances.result().adjustedPValue(0)).isGreaterThan(0.3);
        assertThat(search.result().adjustedPValue(1)).as("a constant unit").isEqualTo(1);
    }

    private double[] gaussians(int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    private static double[] rankSums(float[] arrangements, double[] ranks) {
        double[] rankSums = new double[arrangements.length / ranks.length];
        for (int i = 0; i < arrangements.length; i++) {
            rankSums[i / ranks.length] += arrangements[i] * ranks[i % ranks.length];
        }
        return rankSums;
    }

    @Test
    void thresholdSeparatesWhatIsSignificant() {
        for (double alpha : new double[] {0.005, 0.05, 0.0512, 0.4, 0.9}) {
            MaxT search = MaxT.ofAuroc(plain, UNITS, PERMUTATIONS, Alternative.GREATER);
            search.add(0, UNITS, sums);
            MaxTResult result = search.result();
            double threshold = result.threshold(alpha);
            for (int unit = 0; unit < UNITS; unit++) {
                boolean significant = result.adjustedPValue(unit) <= alpha + 1e-12;
                assertThat(significant).isEqualTo(result.statistic(unit) > threshold);
            }
        }
    }

    @Test
    void refusesWhatAreNoRankSums() {
        MaxT search = MaxT.ofAuroc(plain, UNITS, PERMUTATIONS, Alternative.GREATER);
        double[] rounded = sums.clone();
        rounded[201] += 0.25;
        assertRefused(Reason.OUT_OF_RANGE, "unit 1, arrangement 1", () -> search.add(0, 2, rounded));
        double[] large = sums.clone();
        large[0] = 1_000;
        assertRefused(Reason.OUT_OF_RANGE, "1000.0 is no sum of 11 mid-ranks", () -> search.add(5, 1, large));
        double[] nan = sums.clone();
        nan[5] = Double.NaN;
        assertRefused(Reason.OUT_OF_RANGE, "NaN is no sum", () -> search.add(6, 1, nan));
        assertRefused(Reason.LENGTHS_DIFFER, "199 rank sums are too few", () -> search.add(0, 1, new float[199]));
        assertRefused(Reason.OUT_OF_RANGE, "count is 0", () -> search.add(0, 0, sums));
        assertRefused(Reason.OUT_OF_RANGE, "must be 0 to 11", () -> search.add(11, 2, sums));
        assertRefused(Reason.OUT_OF_RANGE, "first is -1", () -> search.add(-1, 2, sums));
    }

    @Test
    void refusesWhatItCannotAnswer() {
        MaxT search = MaxT.ofAuroc(plain, UNITS, PERMUTATIONS, Alternative.GREATER);
        search.add(1, UNITS - 1, sums);
        assertRefused(Reason.TOO_FEW, "unit 0 of 12 was not added", search::result);
        assertRefused(Reason.OUT_OF_RANGE, "unit 2 was added twice", () -> search.add(2, 1, sums));
        assertRefused(Reason.OUT_OF_RANGE, "permutations is 0", () -> MaxT.ofAuroc(plain, 1, 0, Alternative.LESS));
        assertRefused(Reason.OUT_OF_RANGE, "units is 0", () -> MaxT.ofAuroc(plain, 0, 9, Alternative.LESS));
        MaxT complete = MaxT.ofAuroc(plain, UNITS, PERMUTATIONS, Alternative.GREATER);
        complete.add(0, UNITS, sums);
        MaxTResult result = complete.result();
        assertRefused(Reason.TOO_FEW, "take at least 999", () -> result.threshold(0.001));
        assertRefused(Reason.OUT_OF_RANGE, "unit is 12, but must be 0 to 11", () -> result.auroc(12));
        boolean[] many = new boolean[6_000];
        Arrays.fill(many, 0, 3_000, true);
        MaxT large = MaxT.ofAuroc(LabelPermutation.of(many), 1, 9, Alternative.LESS);
        assertRefused(Reason.OUT_OF_RANGE, "use float64", () -> large.add(0, 1, new float[10]));
    }
}
