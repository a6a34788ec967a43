package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.MaxTResult;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several concepts at once, some with a neuron of their own among noise. */
class NeuronsOfConceptsTest {

    private static final int NEURONS = 60;
    private static final int PERMUTATIONS = 99;

    @Test
    void findsTheNeuronOfEachConceptThatHasOne() {
        NeuronsOfConcepts found = search(1, List.of(new Planted(40, 3f), new Planted(24, 0f), new Planted(60, -3f)));
        assertThat(found.found()).isEqualTo(2);
        assertThat(found.first().get(0)).isEqualTo(new Neuron(0, 0));
        assertThat(found.first().get(2)).isEqualTo(new Neuron(0, 2));
        assertThat(found.concepts().cells("concept")).containsExactly("c0", "c1", "c2");
        assertThat(found.concepts().cells("direction").get(0)).isEqualTo("higher_for_true");
        assertThat(found.concepts().cells("direction").get(2)).isEqualTo("lower_for_true");
        assertThat((double) found.concepts().cells("auroc").get(2)).isGreaterThan(0.9);
        assertThat((double) found.concepts().cells("p_family").get(0)).isLessThan(0.05);
        assertThat((double) found.concepts().cells("p_family").get(1)).isGreaterThan(0.05);
        assertThat(found.neurons().cells("concept")).hasSize(9).startsWith("c0", "c0", "c0", "c1");
        assertThat(found.warnings()).anyMatch(warning -> warning.startsWith("c1: the best of 60 neurons is no better"));
    }

    @Test
    void givesMeansOverConceptsWithIntervalsBesideTheCompanyOfEach() {
        NeuronsOfConcepts found = search(1, List.of(new Planted(40, 3f), new Planted(24, 0f), new Planted(60, -3f)));
        double[] aurocs = found.concepts().cells("auroc").stream()
                .mapToDouble(Double.class::cast)
                .toArray();
        assertThat(found.heldOut().value()).isCloseTo(Moments.mean(aurocs), within(1e-12));
        assertThat(found.heldOut().low()).isBetween(aurocs[1], found.heldOut().value());
        assertThat(found.heldOut().high()).isGreaterThan(found.heldOut().value());
        assertThat(found.several().value()).isCloseTo(0.8, within(1e-12));
        assertThat(found.several().low()).isCloseTo(0.7, within(1e-12));
        assertThat(found.sentenceDirection().value()).isCloseTo(0.85, within(1e-12));
        assertThat(found.concepts().cells("several")).containsExactly(0.9, 0.8, 0.9 - 0.1 * 2);
        assertThat(found.concepts().cells("several_low").get(1)).isEqualTo(0.8 - 0.1);
    }

    @Test
    void knowsNoIntervalOfOneConcept() {
        NeuronsOfConcepts found = search(1, List.of(new Planted(40, 3f)));
        assertThat(found.heldOut().low()).isNaN();
        assertThat(found.heldOut().value()).isGreaterThan(0.9);
    }

    /** Of 40 families of noise two are expected to reject at .05; with probability .997 no more than 6 do. */
    @Test
    void rarelyFindsANeuronWhereAllConceptsAreNoise() {
        int rejected = 0;
        int rejectedAlone = 0;
        for (long seed = 0; seed < 40; seed++) {
            NeuronsOfConcepts found = search(
                    seed,
                    IntStream.range(0, 6)
                            .mapToObj(i -> new Planted(20 + 8 * i, 0f))
                            .toList());
            rejected += found.found() > 0 ? 1 : 0;
            rejectedAlone += found.concepts().cells("p_best").stream().anyMatch(p -> (double) p <= 0.05) ? 1 : 0;
        }
        assertThat(rejected).isLessThanOrEqualTo(6);
        assertThat(rejectedAlone).as("without the family").isGreaterThan(6);
    }

    /** A concept of so many texts whose neuron of the same number differs by so much. */
    private record Planted(int texts, float shift) {}

    private static NeuronsOfConcepts search(long seed, List<Planted> concepts) {
        FakeContext context = FakeContext.seeded(seed);
        ConceptFamily family = new ConceptFamily(PERMUTATIONS);
        List<NeuronsOfConcepts.One> found = new ArrayList<>();
        for (int i = 0; i < concepts.size(); i++) {
            String name = "c" + i;
            ConceptTexts texts = texts(seed, i, concepts.get(i));
            SeededRandom random = context.random("test", name);
            ConceptSearch search = new ConceptSearch(texts, new NeuronRanks(texts, List.of(0), context), random);
            MaxTResult result = search.search(PERMUTATIONS, 1);
            family.add(result, texts, random.child("family"));
            found.add(new NeuronsOfConcepts.One(name, texts, result, search.report(result, company(i), 1, 3)));
        }
        return NeuronsOfConcepts.of(found, family, 0, context.random("test"));
    }

    /** Ten neurons reach .9, .8, .7 and so on, a direction .05 more. */
    private static ConceptNeurons.Company company(int concept) {
        double several = 0.9 - 0.1 * concept;
        return new ConceptNeurons.Company(
                10, new Estimate(several, several - 0.1, several + 0.1), Estimate.withoutInterval(several + 0.05));
    }

    private static ConceptTexts texts(long seed, int concept, Planted planted) {
        int side = planted.texts() / 2;
        return new ConceptTexts(
                TextSide.all(side(SeededRandom.of(seed, "true", "" + concept), "yes", side, concept, planted.shift())),
                TextSide.all(side(SeededRandom.of(seed, "false", "" + concept), "no", side, concept, 0)),
                IntStream.range(0, 2 * side)
                        .mapToObj(i -> i % 2 == 0 ? Half.SELECTION : Half.REPORT)
                        .toList());
    }

    private static FakeActivations side(SeededRandom random, String word, int count, int neuron, float shift) {
        List<String> texts = IntStream.range(0, count)
                .mapToObj(i -> word + (char) ('a' + i % 26) + (char) ('a' + i / 26))
                .toList();
        float[] responses = new float[count * NEURONS];
        for (int i = 0; i < responses.length; i++) {
            responses[i] = (float) random.nextGaussian() + (i % NEURONS == neuron ? shift : 0);
        }
        Map<HookName, float[]> values = Map.of(Neuron.hook(0), responses);
        return new FakeActivations(FakeRows.pooled(texts), values);
    }
}
