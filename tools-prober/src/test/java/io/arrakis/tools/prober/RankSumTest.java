package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Binomial;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankSumTest {

    private static final double[] NONE = {};

    @Test
    void addsWeightedMidRanksAsSharesOfTheLargest() {
        List<Sampled> first = List.of(new Sampled(5, NONE), new Sampled(1, NONE), new Sampled(5, NONE));
        List<Sampled> second = List.of(new Sampled(0, NONE), new Sampled(9, NONE), new Sampled(4, NONE));

        List<Sampled> sum = new RankSum(1, first).plus(0.5, second).share();

        // ranks 2.5 1 2.5 and 1 3 2, of at most 4.5
        assertThat(values(sum)).containsExactly(3 / 4.5, 2.5 / 4.5, 3.5 / 4.5);
    }

    @Test
    void aWordThatStaysWhereItIsKeepsItsRankWithoutAnyOccurrence() {
        List<Sampled> scores = List.of(
                new Sampled(5, new double[] {5, 5}),
                new Sampled(5, new double[] {5, 5}),
                new Sampled(1, new double[] {1, 9}));

        List<Sampled> sum =
                new RankSum(1, scores).plusFixed(1, new double[] {1, 2, 3}).share();

        assertThat(sum.get(0).without())
                .containsExactly(sum.get(0).value(), sum.get(0).value());
        assertThat(sum.get(2).without()).containsExactly(sum.get(2).value(), 1);
    }

    @Test
    void hasNoIntervalWhereOneScoreHasNone() {
        Sampled known = new Sampled(5, new double[] {4, 5, 6});
        Sampled unknown = new Sampled(5, NONE);

        assertThat(new RankSum(1, List.of(known)).share().get(0).estimate().low())
                .isNotNaN();
        assertThat(new RankSum(1, List.of(known))
                        .plus(1, List.of(unknown))
                        .share()
                        .get(0)
                        .estimate()
                        .low())
                .isNaN();
    }

    /** One word's occurrences are drawn anew many times among words that stay; the interval should hold its mean rank. */
    @Test
    void itsIntervalHoldsTheTruthAsOftenAsItSays() {
        int runs = 300;
        SeededRandom random = SeededRandom.of(3, "others");
        List<Sampled> others = IntStream.range(0, 2_000)
                .mapToObj(i -> new Sampled(random.nextGaussian() + 1, NONE))
                .toList();
        List<Estimate> estimates = IntStream.range(0, runs)
                .mapToObj(run -> withWord(others, SeededRandom.of(run, "word")))
                .toList();
        double truth = estimates.stream().mapToDouble(Estimate::value).average().orElseThrow();

        long held = estimates.stream()
                .filter(one -> one.low() <= truth && truth <= one.high())
                .count();

        assertThat(Binomial.clopperPearson((int) held, runs, 0.999).high()).isGreaterThan(0.93);
        assertThat(Binomial.clopperPearson((int) held, runs, 0.999).low()).isLessThan(0.97);
    }

    private static Estimate withWord(List<Sampled> others, SeededRandom random) {
        double[] occurrences =
                random.doubles(30).map(ignored -> random.nextGaussian()).toArray();
        double[][] squares = new double[30][30];
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 30; j++) {
                squares[i][j] = Math.pow(occurrences[i] - occurrences[j], 2) / 2;
            }
        }
        List<Sampled> all = new ArrayList<>(others);
        all.add(new PairMean(squares).sampled());
        List<Sampled> sum = new RankSum(1, all).share();
        assertThat(sum.get(sum.size() - 1).value()).isCloseTo(0.5, within(0.4));
        return sum.get(sum.size() - 1).estimate();
    }

    private static List<Double> values(List<Sampled> sum) {
        return sum.stream().map(Sampled::value).toList();
    }
}
