package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanksTest {

    @ParameterizedTest
    @ValueSource(strings = {"ties", "zeros", "wide"})
    void agreesWithSciPy(String name) {
        double[] ranks = Ranks.of(Goldens.values("ranks." + name + ".x"));
        assertThat(ranks).containsExactly(Goldens.values("ranks." + name + ".ranks"));
    }

    @Test
    void ranksFloatsAsDoubles() {
        SeededRandom random = SeededRandom.of(1, "ranks");
        for (int n = 1; n < 60; n++) {
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = (float) Math.rint(4 * random.nextGaussian()) * (i % 2 == 0 ? 1e-40f : -0.5f);
            }
            assertThat(Ranks.of(values)).containsExactly(Ranks.of(Samples.widen(values)));
        }
    }

    @Test
    void ranksExtremeFloats() {
        float[] values = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_VALUE, 0.0f, -0.0f};
        assertThat(Ranks.of(values)).containsExactly(6, 1, 5, 2, 3.5, 3.5);
    }

    @Test
    void ranksRowsAndColumnsByThemselves() {
        float[] matrix = {3, 1, 1, 2, 9, -4, 2, 9, 0, 1, 1, 1};
        assertThat(Ranks.ofRows(matrix, 4)).containsExactly(4, 1.5f, 1.5f, 3, 3.5f, 1, 2, 3.5f, 1, 3, 3, 3);
        assertThat(Ranks.ofColumns(matrix, 3)).containsExactly(2, 2.5f, 1.5f, 2, 3, 1, 3, 3, 1, 2.5f, 1.5f, 1);
    }

    @Test
    void leavesItsArgumentAlone() {
        float[] values = {3, 1, 2};
        double[] wide = {3, 1, 2};
        Ranks.of(values);
        Ranks.ofRows(values, 3);
        Ranks.of(wide);
        assertThat(values).containsExactly(3, 1, 2);
        assertThat(wide).containsExactly(3, 1, 2);
    }

    @Test
    void ranksAResampleAsItsSortedSelf() {
        SeededRandom random = SeededRandom.of(2, "ranks");
        double[] values = Goldens.values("ranks.ties.x");
        Ranking ranking = Ranking.of(values);
        for (int round = 0; round < 50; round++) {
            int[] units = new int[1 + random.nextInt(60)];
            for (int i = 0; i < units.length; i++) {
                units[i] = random.nextInt(values.length);
            }
            assertThat(ranking.ranks(units)).containsExactly(Ranks.of(Samples.pick(values, units)));
        }
    }

    @Test
    void refusesWhatHasNoRanks() {
        assertRefused(Reason.EMPTY, "values is empty", () -> Ranks.of(new double[0]));
        assertRefused(Reason.EMPTY, "values is empty", () -> Ranks.of(new float[0]));
        assertRefused(Reason.NOT_FINITE, "values[1] is NaN", () -> Ranks.of(new double[] {1, Double.NaN}));
        assertRefused(Reason.NOT_FINITE, "values[0] is Infinity", () -> Ranks.of(new float[] {1f / 0, 1}));
        assertRefused(Reason.NOT_FINITE, "values[3] is NaN", () -> Ranks.ofColumns(new float[] {1, 2, 3, 0f / 0}, 2));
        assertRefused(Reason.LENGTHS_DIFFER, "no multiple of columns = 2", () -> Ranks.ofRows(new float[3], 2));
        assertRefused(Reason.OUT_OF_RANGE, "rows is 0", () -> Ranks.ofColumns(new float[3], 0));
        assertRefused(
                Reason.OUT_OF_RANGE, "at most 8388608", () -> Ranks.ofRows(new float[(1 << 23) + 1], (1 << 23) + 1));
    }
}
