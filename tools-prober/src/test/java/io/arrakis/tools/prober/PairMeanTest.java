package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Binomial;
import io.arrakis.api.stats.SeededRandom;
import org.junit.jupiter.api.Test;

class PairMeanTest {

    @Test
    void isTheMeanOverPairsOfDifferentOccurrences() {
        PairMean mean = new PairMean(new double[][] {{9, 1, 2}, {1, 9, 6}, {2, 6, 9}});
        assertThat(mean.mean()).isEqualTo(3);
        assertThat(mean.meanOf(new int[] {0, 2})).isEqualTo(2);
    }

    @Test
    void hasNoIntervalForTwoOccurrences() {
        Estimate estimate =
                new PairMean(new double[][] {{0, 0.5}, {0.5, 0}}).sampled().estimate();
        assertThat(estimate.value()).isEqualTo(0.5);
        assertThat(estimate.low()).isNaN();
    }

    /** The mean of |x - y| over pairs of normal numbers is 2 / sqrt(pi); the jackknife's interval should hold it. */
    @Test
    void itsIntervalHoldsTheTruthAsOftenAsItSays() {
        int runs = 400;
        int held = 0;
        for (int run = 0; run < runs; run++) {
            Estimate estimate =
                    differences(SeededRandom.of(run, "normal"), 30).sampled().estimate();
            double truth = 2 / Math.sqrt(Math.PI);
            held += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        }
        assertThat(Binomial.clopperPearson(held, runs, 0.999).high()).isGreaterThan(0.93);
        assertThat(Binomial.clopperPearson(held, runs, 0.999).low()).isLessThan(0.97);
    }

    @Test
    void doesNotDependOnTheNumberOfOccurrences() {
        double few = 0;
        double many = 0;
        for (int run = 0; run < 200; run++) {
            few += differences(SeededRandom.of(run, "few"), 10).mean() / 200;
            many += differences(SeededRandom.of(run, "many"), 40).mean() / 200;
        }
        assertThat(few).isCloseTo(many, within(0.05));
    }

    private static PairMean differences(SeededRandom random, int n) {
        double[] values =
                random.doubles(n).map(ignored -> random.nextGaussian()).toArray();
        double[][] differences = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                differences[i][j] = Math.abs(values[i] - values[j]);
            }
        }
        return new PairMean(differences);
    }
}
