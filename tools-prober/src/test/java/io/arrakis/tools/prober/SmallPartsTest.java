package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.data.ListDataset;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimators by hand. */
class SmallPartsTest {

    private static final FakeTokenizer TOKENIZER = new FakeTokenizer(List.of("cat", "dog", "#s", "sat", "9"));

    @Test
    void countsAWordOnceATextAndNoPartsOfWords() {
        TokenRows rows = new FakeRows(
                TOKENIZER, List.of(List.of("cat", "sat", "cat"), List.of("dog", "#s", "9"), List.of("cat", "dog")));
        Words words = Words.of(rows, TOKENIZER);
        Occurrences occurrences = Occurrences.of(rows, words);
        assertThat(occurrences.rows(words.number("cat").orElseThrow())).containsExactly(0, 6);
        assertThat(occurrences.rows(words.number("dog").orElseThrow())).containsExactly(7);
        assertThat(words.number("9")).isEmpty();
        assertThat(words.number("#s")).isEmpty();
    }

    @Test
    void listsWordsThatAreTooRareAndNeverScoresThem() {
        TokenRows rows =
                new FakeRows(TOKENIZER, List.of(List.of("cat", "sat"), List.of("cat", "dog"), List.of("cat", "dog")));
        WordSampling sampling = WordSampling.of(
                rows,
                Words.of(rows, TOKENIZER),
                Optional.of(List.of("cat", "dog", "bird")),
                new Rarefaction(3, 2, 3),
                FakeContext.seeded(1));
        assertThat(sampling.scored()).extracting(WordSample::name).containsExactly("cat");
        assertThat(sampling.tooRare())
                .containsExactly(new WordSampling.TooRare("bird", 0), new WordSampling.TooRare("dog", 2));
    }

    @Test
    void drawsDependOnSeedAndWordAlone() {
        Rarefaction rarefaction = new Rarefaction(2, 3, 4);
        int[] rows = {3, 5, 8, 13, 21, 34};
        FakeContext context = FakeContext.seeded(1);
        assertThat(rarefaction.pool(context, "cat", rows))
                .hasSize(4)
                .isSorted()
                .isEqualTo(rarefaction.pool(context, "cat", rows));
        assertThat(rarefaction.draws(context, "cat", 4)).isDeepEqualTo(rarefaction.draws(context, "cat", 4));
        assertThat(rarefaction.draws(FakeContext.seeded(2), "cat", 400)[0])
                .isNotEqualTo(rarefaction.draws(context, "cat", 400)[0]);
    }

    @ParameterizedTest
    @CsvSource({"'1 2 3', '1 2 3', 1", "'1 2', '3 4', 0", "'1 2 3', '2 3 4', 0.5", "'', '', 1", "'1', '', 0"})
    void jaccard(String a, String b, double expected) {
        NeighbourTypes types = new NeighbourTypes(new int[][] {numbers(a), numbers(b)});
        assertThat(types.distances().mean()).isEqualTo(1 - expected);
    }

    private static int[] numbers(String list) {
        return list.isEmpty()
                ? new int[0]
                : List.of(list.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    }

    /** Held against sets of the library, pair by pair. */
    @Test
    void distancesAreOneMinusWhatEachPairShares() {
        SeededRandom random = SeededRandom.of(6, "sets");
        int[][] sets = new int[8][];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = random.sample(12, random.nextInt(9));
        }
        PairMean distances = new NeighbourTypes(sets).distances();
        for (int i = 0; i < sets.length; i++) {
            for (int j = 0; j < i; j++) {
                Set<Integer> both = Arrays.stream(sets[i]).boxed().collect(Collectors.toSet());
                Set<Integer> all = new HashSet<>(both);
                Set<Integer> other = Arrays.stream(sets[j]).boxed().collect(Collectors.toSet());
                both.retainAll(other);
                all.addAll(other);
                assertThat(distances.meanOf(new int[] {i, j}))
                        .isEqualTo(all.isEmpty() ? 0 : 1 - (double) both.size() / all.size());
            }
        }
    }

    @Test
    void spreadCountsDifferentWords() {
        NeighbourTypes types = new NeighbourTypes(new int[][] {{4, 4, 7}, {7, 9}, {1}});
        assertThat(types.spread(2).value()).isCloseTo(3, within(1e-12));
        assertThat(types.spread(3).value()).isCloseTo(4, within(1e-12));
        assertThat(types.spread(3).without()).isEmpty();
        assertThat(types.distances().mean()).isCloseTo(1 - (1 / 3.0 + 0 + 0) / 3, within(1e-12));
    }

    /** Held against the mean over all draws, made one by one. */
    @Test
    void spreadIsTheMeanOverAllDraws() {
        SeededRandom random = SeededRandom.of(5, "sets");
        for (int run = 0; run < 20; run++) {
            int[][] sets = new int[6][];
            for (int i = 0; i < sets.length; i++) {
                sets[i] = random.sample(9, 1 + random.nextInt(6));
            }
            Sampled spread = new NeighbourTypes(sets).spread(3);
            assertThat(spread.value()).isCloseTo(meanOverDraws(sets, -1), within(1e-12));
            for (int left = 0; left < sets.length; left++) {
                assertThat(spread.without()[left]).isCloseTo(meanOverDraws(sets, left), within(1e-12));
            }
        }
    }

    private static double meanOverDraws(int[][] sets, int left) {
        double sum = 0;
        int draws = 0;
        for (int chosen = 0; chosen < 1 << sets.length; chosen++) {
            int draw = chosen;
            if (Integer.bitCount(draw) == 3 && (left < 0 || (draw >> left & 1) == 0)) {
                sum += IntStream.range(0, sets.length)
                        .filter(i -> (draw >> i & 1) == 1)
                        .flatMap(i -> IntStream.of(sets[i]))
                        .distinct()
                        .count();
                draws++;
            }
        }
        return sum / draws;
    }

    @Test
    void scatterIsSmallWhereNeighboursPointOneWay() {
        float[] rows = {1, 0, 1, 0.01f, 1, -0.01f, 0, 1, 0.6f, 0.8f, -0.6f, 0.8f};
        StaticScatter.Scores scores = new StaticScatter(FakeContext.seeded(1).linearAlgebra(), 2)
                .of(new StaticScatter.Space(rows, 2, 6), new int[] {0, 3}, 2, (a, b) -> false);
        assertThat(scores.all()[0]).isCloseTo(0.01, within(1e-4));
        assertThat(scores.all()[1]).isCloseTo(0.6 / 0.8, within(1e-6));
        assertThat(scores.distinct()).containsExactly(scores.all());
    }

    @Test
    void scatterLeavesOutRowsThatAreAlike() {
        float[] rows = {0, 1, 0.001f, 1, 0.6f, 0.8f, -0.6f, 0.8f};
        StaticScatter.Scores scores = new StaticScatter(FakeContext.seeded(1).linearAlgebra(), 2)
                .of(new StaticScatter.Space(rows, 2, 4), new int[] {0}, 2, (a, b) -> Math.max(a, b) == 1);
        assertThat(scores.all()[0]).isLessThan(0.4);
        assertThat(scores.distinct()[0]).isCloseTo(0.6 / 0.8, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({
        "walk, walks, true", "walk, walking, true", "walked, walking, true", "light, lights, true", "cat, cats, true",
        "cat, can, false", "light, might, false", "walk, wall, true", "bank, band, true", "banker, bandage, false",
        "go, gone, false", "interest, interval, false"
    })
    void wordsAreSpelledAlikeThatDifferAtTheirEndsOnly(String a, String b, boolean expected) {
        assertThat(SpelledAlike.test(a, b)).isEqualTo(expected);
        assertThat(SpelledAlike.test(b, a)).isEqualTo(expected);
    }

    @Test
    void aConstantDimensionStaysNothing() {
        HookName hook = HookName.residual(1);
        FakeActivations activations = new FakeActivations(
                FakeRows.pooled(List.of("a", "b", "c")), Map.of(hook, new float[] {1, 5, 2, 5, 3, 5}));
        Dimensions dimensions = Dimensions.of(activations, hook);
        assertThat(dimensions.mean()).containsExactly(2, 5);
        assertThat(dimensions.deviation()[0]).isCloseTo(Math.sqrt(2 / 3.0), within(1e-12));
        assertThat(dimensions.deviation()[1]).isZero();
        float[] rows = {3, 5, 2, 5};
        VectorSpace.of(
                        new Normalisation.ZScore(),
                        dimensions,
                        activations,
                        hook,
                        FakeContext.seeded(1).linearAlgebra())
                .applyUnit(rows, 2);
        assertThat(rows).containsExactly(1, 0, 0, 0);
    }

    @Test
    void refusesActivationsThatAreNotFinite() {
        HookName hook = HookName.residual(1);
        FakeActivations activations =
                new FakeActivations(FakeRows.pooled(List.of("a", "b")), Map.of(hook, new float[] {1, 5, 2, Float.NaN}));
        assertThatThrownBy(() -> Dimensions.of(activations, hook))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FINITE))
                .hasMessageContaining("the activation of text '1' is NaN at token 0, dimension 1");
    }

    @Test
    void refusesATruthThatContradictsItself() {
        Example first = new Example("1", "bank", Map.of("senses", 3L));
        Example second = new Example("2", "bank", Map.of("senses", 4L));
        assertThat(KnownWords.read(dataset(first, first), "senses", "data.words"))
                .containsExactly(Map.entry("bank", 3.0));
        assertThatThrownBy(() -> KnownWords.read(dataset(first, second), "senses", "data.words"))
                .hasMessageContaining(
                        "data.words: error DATA-ROW: row 2: 'bank' has the senses 4.0, and 3.0 in an earlier row");
        Example word = new Example("3", "run", Map.of("senses", "many"));
        assertThatThrownBy(() -> KnownWords.read(dataset(word), "senses", "data.words"))
                .hasMessageContaining("row 3: field 'senses' is 'many', not a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", " NAN ", ""})
    void takesANumberThatIsNoneAsNotKnown(String none) {
        Dataset words = dataset(
                new Example("1", "run", Map.of("senses", none)), new Example("2", "cat", Map.of("senses", "2")));
        assertThat(KnownWords.read(words, "senses", "data.words")).isEqualTo(Map.of("cat", 2.0));
        Dataset number = dataset(new Example("1", "run", Map.of("senses", Double.NaN)));
        assertThat(KnownWords.read(number, "senses", "data.words")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Infinity", "-Infinity", "1e999"})
    void refusesANumberThatIsInfinite(String infinite) {
        Dataset words = dataset(new Example("7", "run", Map.of("senses", infinite)));
        assertThatThrownBy(() -> KnownWords.read(words, "senses", "data.words"))
                .hasMessageContaining("data.words: error DATA-ROW: row 7: field 'senses' is infinite");
    }

    @Test
    void saysThatFewWordsAreBothScoredAndKnown() {
        Map<String, Double> truth = new TreeMap<>(Map.of("DOG", 1.0, "THE", 2.0, "cat", 3.0));
        List<String> warnings = new ArrayList<>();
        KnownWords.warnUnscored(truth, Set.of("dog", "the", "cat"), warnings);
        assertThat(warnings)
                .containsExactly("1 of 3 words of the truth are scored words; 'DOG' is not: words are spelled as the"
                        + " model's vocabulary spells them");
        warnings.clear();
        KnownWords.warnUnscored(truth, Set.of("cat", "sat"), warnings);
        KnownWords.warnUnscored(Map.of(), Set.of("cat", "sat"), warnings);
        KnownWords.warnUnscored(truth, Set.of(), warnings);
        assertThat(warnings).isEmpty();
        KnownWords.warnUnscored(truth, Set.of("bat"), warnings);
        assertThat(warnings).singleElement().asString().startsWith("0 of 3 words of the truth");
    }

    @Test
    void occurrencesWithoutAnySpreadAreAlike() {
        float[] rows = {0, 0, 0, 0, 0.6f, 0.8f, 0.6f, 0.8f};
        PairMean distances = SelfSimilarity.distances(rows, 4, 2);
        assertThat(distances.meanOf(new int[] {0, 1})).isZero();
        assertThat(distances.meanOf(new int[] {2, 3})).isCloseTo(0, within(1e-6));
        assertThat(distances.meanOf(new int[] {0, 2})).isEqualTo(1);
    }

    @Test
    void anIntervalDoesNotLeaveTheRangeOfItsStatistic() {
        Sampled wide = new Sampled(0.9, new double[] {0.1, 0.9, 1, 1});
        assertThat(wide.estimate().high()).isGreaterThan(2);
        assertThat(wide.estimateUpTo(1)).isEqualTo(new Estimate(0.9, 0, 1));
        assertThat(wide.estimateUpTo(Double.POSITIVE_INFINITY).high())
                .isEqualTo(wide.estimate().high());
        Sampled rounded = new Sampled(-1e-9, new double[] {0, 0, 0});
        assertThat(rounded.estimateUpTo(2)).isEqualTo(new Estimate(-1e-9, -1e-9, -1e-9));
        assertThat(new Sampled(0.5, new double[0]).estimateUpTo(1)).isEqualTo(Estimate.withoutInterval(0.5));
    }

    @Test
    void countsTextsThatStandTwice() {
        List<String> warnings = new ArrayList<>();
        RepeatedTexts.warn(
                new FakeRows(TOKENIZER, List.of(List.of("cat", "sat"), List.of("dog"), List.of("cat"))), warnings);
        assertThat(warnings).isEmpty();
        RepeatedTexts.warn(
                new FakeRows(
                        TOKENIZER,
                        List.of(
                                List.of("cat", "sat"),
                                List.of("dog"),
                                List.of("cat", "sat"),
                                List.of("cat", "sat"),
                                List.of("dog"))),
                warnings);
        assertThat(warnings).singleElement().asString().startsWith("3 texts are the same as one before");
    }

    @Test
    void readsTrueAndFalseAsNumbers() {
        Dataset words = dataset(
                new Example("1", "run", Map.of("senses", true)),
                new Example("2", "cat", Map.of("senses", "false")),
                new Example("3", "bank", Map.of("senses", "2.5")));
        assertThat(KnownWords.read(words, "senses", "data.words"))
                .isEqualTo(Map.of("run", 1.0, "cat", 0.0, "bank", 2.5));
    }

    private static ListDataset dataset(Example... examples) {
        return new ListDataset(List.of(examples), List.of("senses"), "test");
    }

    @Test
    void pairDifferencesOfEqualPairsHaveNoEffectSize() {
        PairDifference none =
                PairDifference.of(new double[] {1, 2, 3}, new double[] {1, 2, 3}, SeededRandom.of(1, "test"));
        assertThat(none.mean().value()).isZero();
        assertThat(none.dz()).isEmpty();
        assertThat(none.pValue()).isEmpty();
        PairDifference equal =
                PairDifference.of(new double[] {2, 3, 4}, new double[] {1, 2, 3}, SeededRandom.of(1, "test"));
        assertThat(equal.dz()).isEmpty();
        assertThat(equal.pValue()).contains(0.25);
    }

    @Test
    void oneTextASideHasNoIntervalOfPrecision() {
        Detection detection =
                Detection.of(new double[] {2, 1}, new boolean[] {true, false}, SeededRandom.of(1, "test"));
        assertThat(detection.auroc().value()).isEqualTo(1);
        assertThat(detection.averagePrecision().low()).isNaN();
    }
}
