package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores that say nothing of the truth but what a control says. */
class TruthComparisonTest {

    private static final int WORDS = 1500;

    private final double[] truth = new double[WORDS];
    private final double[] frequency = new double[WORDS];
    private final double[] control = new double[WORDS];
    private final double[] score = new double[WORDS];
    private final List<String> warnings = new ArrayList<>();

    /** Words with the control have more senses; the score knows the control, and of the rest a share. */
    private void plant(double share) {
        SeededRandom random = SeededRandom.of(4, "words");
        for (int word = 0; word < WORDS; word++) {
            double rest = random.nextGaussian();
            frequency[word] = 10 + random.nextInt(500);
            control[word] = random.nextInt(2);
            truth[word] = Math.round(4 + 3 * control[word] + rest);
            score[word] = control[word] + share * rest + 0.3 * random.nextGaussian();
        }
    }

    private TruthComparison given(double[]... controls) {
        return new TruthComparison(
                truth, frequency, controls, new TruthComparison.Extremes(3, 6), SeededRandom.of(1, "test"));
    }

    @Test
    void aScoreThatOnlyKnowsTheControlHasNoCorrelationGivenIt() {
        plant(0);
        Agreement agreement = given(control).of(score, warnings::add);
        assertThat(agreement.rho().orElseThrow().value()).isGreaterThan(0.6);
        assertThat(agreement.partial().orElseThrow().value()).isGreaterThan(0.6);
        assertThat(agreement.controlled().orElseThrow().value()).isBetween(-0.06, 0.06);
        assertThat(agreement.controlled().orElseThrow().low()).isNegative();
        assertThat(agreement.controlled().orElseThrow().high()).isPositive();
        assertThat(warnings).isEmpty();
    }

    @Test
    void aScoreThatKnowsMoreKeepsIt() {
        plant(0.3);
        assertThat(given(control)
                        .of(score, warnings::add)
                        .controlled()
                        .orElseThrow()
                        .low())
                .isGreaterThan(0.4);
    }

    @Test
    void withoutControlsThereIsNoSuchCorrelation() {
        plant(0);
        assertThat(given().of(score, warnings::add).controlled()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void wordsWithoutAControlAreLeftOutAndCounted() {
        plant(0);
        for (int word = 0; word < 100; word++) {
            control[word] = Double.NaN;
            score[word] = truth[word] * 10;
        }
        assertThat(given(control)
                        .of(score, warnings::add)
                        .controlled()
                        .orElseThrow()
                        .value())
                .isBetween(-0.06, 0.06);
        assertThat(warnings)
                .containsExactly(
                        "100 words have no number in a control field and are left out of the correlation given these");
    }

    @Test
    void aControlThatIsTheTruthLeavesNothingToCompare() {
        plant(0);
        assertThat(given(truth).of(score, warnings::add).controlled()).isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("the correlation given frequency and control fields is not defined here: ");
    }

    @Test
    void permutationsGiveTheirMeanAndRange() {
        plant(0);
        double[][] permutations = {truth, frequency, frequency, frequency, frequency};
        assertThat(given().ofPermutations(permutations, warnings::add)
                        .orElseThrow()
                        .value())
                .isBetween(0.15, 0.25);
        assertThat(given().ofPermutations(permutations, warnings::add)
                        .orElseThrow()
                        .high())
                .isGreaterThan(0.8);
        assertThat(given().ofPermutations(new double[][] {new double[WORDS]}, warnings::add))
                .isEmpty();
        assertThat(warnings).singleElement().asString().startsWith("the rank correlation of permuted neighbours");
    }
}
