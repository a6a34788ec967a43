package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.stats.Correlation;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scores of words whose numbers of senses are known. */
class PlantedSensesTest {

    private static final int SEEDS = 20;
    private static final Normalisation Z_SCORE = new Normalisation.ZScore();

    @Test
    void selfFollowsTheNumberOfSenses() {
        PlantedSenses planted = PlantedSenses.of(6, SeededRandom.of(1, "planted"));
        assertThat(Correlation.spearman(self(planted, Z_SCORE), planted.senses()))
                .isGreaterThan(0.95);
    }

    /** Variance grows ever less with more senses, and not all of them lie equally far apart. */
    @Test
    void dispersionFollowsTheNumberOfSensesAndNoLargeDimension() {
        PlantedSenses planted = PlantedSenses.of(6, SeededRandom.of(7, "planted"));
        double[] plain = values(measurement(planted).dispersion(samples(planted)), Sampled::value);
        double[] rogue =
                values(measurement(planted.withRogueDimension(7, 100)).dispersion(samples(planted)), Sampled::value);
        assertThat(Correlation.spearman(plain, planted.senses())).isGreaterThan(0.85);
        assertThat(Correlation.spearman(plain, rogue)).isGreaterThan(0.99);
    }

    @Test
    void neighboursAndSpreadFollowTheNumberOfSenses() {
        PlantedSenses planted = PlantedSenses.of(6, SeededRandom.of(2, "planted"));
        PolysemyMeasurement.Neighbourhoods near = measurement(planted).neighbours(samples(planted), 20, 0);
        assertThat(Correlation.spearman(values(near.sets(), mean -> mean.mean().value()), planted.senses()))
                .isGreaterThan(0.95);
        assertThat(Correlation.spearman(values(near.spread(), Sampled::value), planted.senses()))
                .isGreaterThan(0.95);
    }

    /** Of so few words some tenths belong to few topics, so that frequencies alone say something of the senses. */
    @Test
    void permutedNeighboursHaveLessInCommonAndFollowTheSensesLess() {
        PlantedSenses planted = PlantedSenses.of(6, SeededRandom.of(2, "planted"));
        PolysemyMeasurement.Neighbourhoods near = measurement(planted).neighbours(samples(planted), 20, 0);
        double[] permuted = values(near.permuted(), Moments::mean);
        double[] observed = values(near.sets(), mean -> mean.mean().value());
        assertThat(Correlation.spearman(permuted, planted.senses()))
                .isLessThan(Correlation.spearman(observed, planted.senses()) - 0.2);
        for (int word = 0; word < observed.length; word++) {
            assertThat(permuted[word]).isGreaterThan(observed[word]);
        }
    }

    /** Among 48 words a correlation varies by 0.15 from seed to seed; what must be near 0 is its mean. */
    @Test
    void selfDoesNotFollowFrequencyAmongWordsOfEquallyManySenses() {
        double mean = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            PlantedSenses planted = PlantedSenses.of(6, SeededRandom.of(seed, "frequency"));
            mean += partial(self(planted, Z_SCORE), planted) / SEEDS;
        }
        assertThat(mean).isBetween(-0.1, 0.1);
    }

    @Test
    void neighboursDoNotFollowFrequencyAmongWordsOfEquallyManySenses() {
        double mean = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            PlantedSenses planted = PlantedSenses.of(3, SeededRandom.of(seed, "frequency"));
            PolysemyMeasurement.Neighbourhoods near = measurement(planted).neighbours(samples(planted), 20, 0);
            mean += partial(values(near.sets(), one -> one.mean().value()), planted) / SEEDS;
        }
        assertThat(mean).isBetween(-0.1, 0.1);
    }

    private static double partial(double[] scores, PlantedSenses planted) {
        return Correlation.partialSpearman(scores, planted.frequency(), planted.senses());
    }

    @Test
    void oneLargeDimensionChangesNoRankingButThatByRawCosines() {
        PlantedSenses planted = PlantedSenses.of(6, SeededRandom.of(3, "planted"));
        PlantedSenses rogue = planted.withRogueDimension(7, 100);
        assertThat(Correlation.spearman(self(planted, Z_SCORE), self(rogue, Z_SCORE)))
                .isGreaterThan(0.99);
        Normalisation raw = new Normalisation.None();
        assertThat(Correlation.spearman(self(planted, raw), self(rogue, raw))).isLessThan(0.5);
    }

    @Test
    void removingTheTopDirectionRemovesTheLargeDimension() {
        PlantedSenses planted = PlantedSenses.of(6, SeededRandom.of(4, "planted"));
        PlantedSenses rogue = planted.withRogueDimension(7, 100);
        Normalisation centred = new Normalisation.Centre();
        Normalisation withoutTop = new Normalisation.AllButTop(1);
        assertThat(Correlation.spearman(self(rogue, centred), planted.senses())).isLessThan(0.8);
        assertThat(Correlation.spearman(self(rogue, withoutTop), planted.senses()))
                .isGreaterThan(0.95);
    }

    @Test
    void neighboursAreTheSameForAnyMemoryBudget() {
        PlantedSenses planted = PlantedSenses.of(2, SeededRandom.of(5, "planted"));
        FakeContext small = new FakeContext(1, new FakeTokenizer(planted.words()), 50_000);
        FakeContext large = new FakeContext(1, new FakeTokenizer(planted.words()), 1L << 30);
        assertThat(measurement(planted, small)
                        .neighbours(samples(planted), 10, 1)
                        .sets())
                .usingRecursiveComparison()
                .isEqualTo(measurement(planted, large)
                        .neighbours(samples(planted), 10, 1)
                        .sets());
    }

    @Test
    void anotherWordsPresenceChangesNoScore() {
        PlantedSenses planted = PlantedSenses.of(2, SeededRandom.of(6, "planted"));
        List<WordSample> all = samples(planted);
        List<WordSample> some = WordSampling.of(
                        planted.activations().rows(),
                        Words.of(planted.activations().rows(), new FakeTokenizer(planted.words())),
                        Optional.of(List.of("wac", "waf")),
                        new Rarefaction(20, 5, 50),
                        planted.context(9))
                .scored();
        assertThat(measurement(planted).self(some, Z_SCORE))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        measurement(planted).self(all, Z_SCORE).get(2),
                        measurement(planted).self(all, Z_SCORE).get(5));
    }

    private static double[] self(PlantedSenses planted, Normalisation normalisation) {
        return values(measurement(planted).self(samples(planted), normalisation), mean -> mean.mean()
                .value());
    }

    private static <T> double[] values(List<T> list, ToDoubleFunction<T> value) {
        return list.stream().mapToDouble(value).toArray();
    }

    private static PolysemyMeasurement measurement(PlantedSenses planted) {
        return measurement(planted, planted.context(9));
    }

    private static PolysemyMeasurement measurement(PlantedSenses planted, FakeContext context) {
        return new PolysemyMeasurement(
                planted.activations(),
                PlantedSenses.HOOK,
                Words.of(planted.activations().rows(), context.tokenizer()),
                context);
    }

    /** Samples of the planted words alone; their names are in the order of their numbers. */
    private static List<WordSample> samples(PlantedSenses planted) {
        String[] names = IntStream.range(0, planted.senses().length)
                .mapToObj(PlantedSenses::name)
                .toArray(String[]::new);
        FakeContext context = planted.context(9);
        return WordSampling.of(
                        planted.activations().rows(),
                        Words.of(planted.activations().rows(), context.tokenizer()),
                        Optional.of(Arrays.asList(names)),
                        new Rarefaction(20, 5, 50),
                        context)
                .scored();
    }
}
