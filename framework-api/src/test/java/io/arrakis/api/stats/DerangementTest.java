package io.arrakis.api.stats;

import static io.arrakis.api.stats.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerangementTest {

    private final SeededRandom random = SeededRandom.of(7, "derangement");

    @Test
    void leavesNothingInItsPlace() {
        for (int round = 0; round < 200; round++) {
            int[] groups = new int[30];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = 5 * (i % (1 + round % 10));
            }
            assertDeranged(Derangement.within(groups, random), groups);
            assertDeranged(Derangement.avoiding(groups, (unit, partner) -> false, random), groups);
        }
    }

    private static void assertDeranged(Derangement derangement, int[] groups) {
        assertThat(derangement.size()).isEqualTo(groups.length);
        boolean[] taken = new boolean[groups.length];
        for (int unit = 0; unit < groups.length; unit++) {
            int partner = derangement.partner(unit);
            assertThat(partner).isNotEqualTo(unit);
            assertThat(groups[partner]).isEqualTo(groups[unit]);
            assertThat(taken[partner]).isFalse();
            taken[partner] = true;
        }
    }

    @Test
    void reachesEveryDerangementAlike() {
        Map<String, Integer> plain = new HashMap<>();
        Map<String, Integer> constrained = new HashMap<>();
        for (int round = 0; round < 9_000; round++) {
            plain.merge(Arrays.toString(Derangement.within(new int[4], random).partners()), 1, Integer::sum);
            int[] partners = Derangement.avoiding(new int[5], (unit, partner) -> unit + partner == 1, random)
                    .partners();
            constrained.merge(Arrays.toString(partners), 1, Integer::sum);
        }
        assertThat(plain).hasSize(9);
        assertThat(plain.values()).allSatisfy(count -> assertThat(count).isBetween(880, 1_120));
        assertThat(constrained)
                .as("44 derangements of five, less those with 0 -> 1 or 1 -> 0")
                .hasSize(24);
        assertThat(constrained.values()).allSatisfy(count -> assertThat(count).isBetween(290, 460));
    }

    /** Of the four arrangements one has no allowed swap to another, so that swaps alone gave it a third too often. */
    @Test
    void reachesArrangementsThatNoSwapReaches() {
        Map<String, Integer> counts = new HashMap<>();
        Derangement.Forbidden forbidden = (unit, partner) -> unit == partner + 1 && partner < 2;
        for (int round = 0; round < 8_000; round++) {
            Derangement derangement = Derangement.avoiding(new int[4], forbidden, random);
            assertThat(derangement.isUniform()).isTrue();
            counts.merge(Arrays.toString(derangement.partners()), 1, Integer::sum);
        }
        assertThat(counts).hasSize(4);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(1_830, 2_170));
    }

    /** Each of ten units may have the next three only: 125 arrangements (Lucas number of ten, plus two) of 3.6 million. */
    @Test
    void searchesAboutUniformlyWhereShufflesFail() {
        Derangement.Forbidden forbidden = (unit, partner) -> (partner - unit + 10) % 10 > 3;
        Map<String, Integer> counts = new HashMap<>();
        int[] partners = new int[10];
        for (int round = 0; round < 5_000; round++) {
            new AllowedArrangement(Samples.all(10), forbidden, partners, random).search(0);
            counts.merge(Arrays.toString(partners), 1, Integer::sum);
        }
        double chiSquare = counts.values().stream()
                .mapToDouble(count -> (count - 40.0) * (count - 40.0) / 40.0)
                .sum();
        assertThat(counts).hasSize(125);
        assertThat(chiSquare / 124)
                .as("1 where exactly uniform, standard error .13; 4 with allowed moves only")
                .isLessThan(1.6);
        assertThat(Derangement.avoiding(new int[10], forbidden, random).partners())
                .hasSize(10);
    }

    @Test
    void avoidsWhatIsForbidden() {
        int[] words = new int[60];
        for (int i = 0; i < words.length; i++) {
            words[i] = i / 4;
        }
        for (int round = 0; round < 100; round++) {
            Derangement derangement =
                    Derangement.avoiding(new int[60], (unit, partner) -> words[unit] == words[partner], random);
            for (int unit = 0; unit < 60; unit++) {
                assertThat(words[derangement.partner(unit)]).isNotEqualTo(words[unit]);
            }
        }
    }

    @Test
    void findsTheOnlyArrangementThereIs() {
        Derangement next = Derangement.avoiding(new int[6], (unit, partner) -> partner != (unit + 1) % 6, random);
        assertThat(next.partners()).containsExactly(1, 2, 3, 4, 5, 0);
    }

    @Test
    void refusesWhatCannotBeDeranged() {
        assertRefused(
                Reason.TOO_FEW,
                "group 4 has one unit (number 2)",
                () -> Derangement.within(new int[] {1, 1, 4}, random));
        assertRefused(
                Reason.TOO_FEW,
                "group 4 has one unit",
                () -> Derangement.avoiding(new int[] {1, 1, 4}, (unit, partner) -> false, random));
        assertRefused(Reason.EMPTY, "groups is empty", () -> Derangement.within(new int[0], random));
        assertRefused(
                Reason.NO_ARRANGEMENT,
                "of group 9 was found; unit 1",
                () -> Derangement.avoiding(new int[] {9, 9, 9}, (unit, partner) -> unit == 1, random));
        Derangement derangement = Derangement.within(new int[2], random);
        assertRefused(Reason.OUT_OF_RANGE, "unit is 2, but must be 0 to 1", () -> derangement.partner(2));
    }
}
