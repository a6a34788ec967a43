package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Binomial;
import io.arrakis.api.stats.Direction;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.MaxTResult;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A neuron that holds the label among very many that hold nothing. */
class PlantedNeuronTest {

    private static final int TEXTS = 80;
    private static final ConceptNeurons.Company NO_COMPANY =
            new ConceptNeurons.Company(0, Estimate.withoutInterval(0.5), Estimate.withoutInterval(0.5));

    @Test
    void findsTheOneAmongFortyThousand() {
        Planted planted = Planted.of(2, 20_000, 1, true);
        ConceptNeurons found = run(search(planted, 1), 500, 1, 20, 5);
        assertThat(found.best()).isEqualTo(new Neuron(1, 17));
        assertThat(found.direction()).isEqualTo(Direction.LOWER_FOR_TRUE);
        assertThat(found.pValue()).isLessThan(0.01);
        assertThat(found.heldOut().value()).isGreaterThan(0.9);
        assertThat(found.searched()).isEqualTo(40_000);
        assertThat(found.shuffled()).isBetween(0.4, 0.6);
        assertThat(found.shuffledChosen()).isGreaterThan(0.8);
        assertThat(found.neurons().cells("neuron")).first().isEqualTo(17L);
    }

    @Test
    void staysSilentWhereNoNeuronHoldsTheLabel() {
        int runs = 60;
        int rejected = 0;
        for (int seed = 0; seed < runs; seed++) {
            Planted planted = Planted.of(1, 300, seed, false);
            MaxTResult result = search(planted, seed).search(199, 1);
            rejected += result.adjustedPValue(result.best()) <= 0.05 ? 1 : 0;
        }
        assertThat(Binomial.clopperPearson(rejected, runs, 0.99).low()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void warnsWhereTheBestIsNoBetterThanChance() {
        ConceptNeurons found = run(search(Planted.of(1, 300, 3, false), 3), 199, 1, 5, 3);
        assertThat(found.warnings()).anyMatch(warning -> warning.contains("no concept neuron was found"));
    }

    @Test
    void findsTheSameWhereNeuronsComeInOtherLayers() {
        Planted planted = Planted.of(2, 500, 5, true);
        ConceptNeurons both = run(search(planted, 1), 199, 1, 5, 3);
        ConceptNeurons one = run(
                new ConceptSearch(
                        planted.concept(), new NeuronRanks(planted.concept(), List.of(1), context(1)), random(1)),
                199,
                1,
                5,
                3);
        assertThat(one.best()).isEqualTo(both.best());
        assertThat(one.heldOut()).isEqualTo(both.heldOut());
    }

    @Test
    void refusesHalvesWithOneTrueText() {
        Planted planted = Planted.of(1, 10, 1, true);
        List<Half> lopsided = new ArrayList<>(planted.halves());
        for (int i = 1; i < TEXTS / 2; i++) {
            lopsided.set(i, Half.SELECTION);
        }
        lopsided.set(0, Half.REPORT);
        assertThatThrownBy(
                        () -> new ConceptTexts(TextSide.all(planted.trues()), TextSide.all(planted.falses()), lopsided))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNFIT))
                .hasMessageContaining(
                        "true_texts: error DATA-UNFIT: only 1 of the texts fall into the half that neurons are"
                                + " reported on, and 2 are needed");
    }

    @Test
    void refusesResponsesThatAreNotFinite() {
        Planted planted = Planted.of(1, 10, 1, true);
        planted.falses().values().get(Neuron.hook(0))[4 * 10 + 3] = Float.NaN;
        ConceptSearch search = search(planted, 1);
        assertThatThrownBy(() -> run(search, 199, 1, 5, 3))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FINITE))
                .hasMessageContaining("blocks.0.mlp.hook_post: error NOT-FINITE: unit 3 is NaN on text '4'");
    }

    @Test
    void saysThatLengthTellsTheLabelsApart() {
        FakeActivations trues = activations(List.of("aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"), 3, 1);
        FakeActivations falses = activations(List.of("a", "b", "c", "d"), 3, 2);
        List<Half> halves = IntStream.range(0, 8)
                .mapToObj(i -> i % 2 == 0 ? Half.SELECTION : Half.REPORT)
                .toList();
        ConceptTexts concept = new ConceptTexts(TextSide.all(trues), TextSide.all(falses), halves);
        ConceptSearch search = new ConceptSearch(concept, new NeuronRanks(concept, List.of(0), context(1)), random(1));
        assertThatThrownBy(() -> run(search, 199, 2, 5, 3))
                .hasMessageContaining("length_strata: error DATA-UNFIT: true and false texts differ in length");
        assertThat(run(search, 199, 1, 5, 3).warnings()).anyMatch(warning -> warning.contains("only 4 true texts"));
    }

    private static ConceptNeurons run(ConceptSearch search, int permutations, int strata, int shuffles, int top) {
        return search.report(search.search(permutations, strata), NO_COMPANY, shuffles, top);
    }

    private static FakeActivations activations(List<String> texts, int neurons, long seed) {
        SeededRandom random = SeededRandom.of(seed, "noise");
        float[] values = new float[texts.size() * neurons];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new FakeActivations(FakeRows.pooled(texts), Map.of(Neuron.hook(0), values));
    }

    private static ConceptSearch search(Planted planted, long seed) {
        FakeContext context = context(seed);
        return new ConceptSearch(
                planted.concept(), new NeuronRanks(planted.concept(), planted.layers(), context), random(seed));
    }

    private static SeededRandom random(long seed) {
        return context(seed).random("find_concept_neurons");
    }

    private static FakeContext context(long seed) {
        return FakeContext.seeded(seed);
    }

    /** Neurons of noise, and neuron 17 of the last layer that is lower for true texts. */
    private record Planted(FakeActivations trues, FakeActivations falses, List<Half> halves, List<Integer> layers) {

        static Planted of(int layers, int neurons, long seed, boolean planted) {
            List<Integer> numbers = IntStream.range(0, layers).boxed().toList();
            return new Planted(
                    side(numbers, neurons, SeededRandom.of(seed, "true"), planted ? -2.5f : 0, "yes"),
                    side(numbers, neurons, SeededRandom.of(seed, "false"), 0, "no"),
                    IntStream.range(0, TEXTS)
                            .mapToObj(i -> i % 2 == 0 ? Half.SELECTION : Half.REPORT)
                            .toList(),
                    numbers);
        }

        private static FakeActivations side(
                List<Integer> layers, int neurons, SeededRandom random, float shift, String word) {
            List<String> texts = IntStream.range(0, TEXTS / 2)
                    .mapToObj(i -> word + (char) ('a' + i % 26) + (char) ('a' + i / 26))
                    .toList();
            Map<HookName, float[]> values = new HashMap<>();
            for (int layer : layers) {
                float[] responses = new float[texts.size() * neurons];
                for (int i = 0; i < responses.length; i++) {
                    responses[i] = (float) random.nextGaussian();
                }
                for (int text = 0; layer == layers.size() - 1 && text < texts.size(); text++) {
                    responses[text * neurons + Math.min(17, neurons - 1)] += shift;
                }
                values.put(Neuron.hook(layer), responses);
            }
            return new FakeActivations(FakeRows.pooled(texts), values);
        }

        ConceptTexts concept() {
            return new ConceptTexts(TextSide.all(trues), TextSide.all(falses), halves);
        }
    }
}
