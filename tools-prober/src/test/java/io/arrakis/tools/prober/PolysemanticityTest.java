package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.AveragePrecision;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neurons that detect none, one or several of four concepts, among neurons of noise. */
class PolysemanticityTest {

    private static final int CONCEPTS = 4;
    private static final int TEXTS = 120;
    private static final int NEURONS = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsTheConceptsThatANeuronDetects(long seed) {
        List<DetectedConcept> detected = new ArrayList<>();
        for (int concept = 0; concept < CONCEPTS; concept++) {
            detected.add(detected(concept, seed));
        }
        PolysemanticNeurons found = new PolysemanticitySummary(3, detected).result(List.of());

        List<Object> neurons = found.neurons().cells("neuron");
        List<Object> numbers = found.neurons().cells("effective_number");
        for (int planted = 1; planted <= CONCEPTS; planted++) {
            assertThat((Double) numbers.get(neurons.indexOf((long) planted)))
                    .as("neuron %d", planted)
                    .isCloseTo(planted, within(0.15));
        }
        assertThat(found.detecting()).isBetween(CONCEPTS, CONCEPTS + 2);
        assertThat(found.several()).isBetween(CONCEPTS - 1, CONCEPTS);
        assertThat(found.concepts().cells("concept")).hasSize(CONCEPTS);
    }

    /** Neuron n of 1 to 4 responds to the first n concepts. */
    private static DetectedConcept detected(int concept, long seed) {
        boolean[] labels = new boolean[TEXTS];
        Arrays.fill(labels, 0, TEXTS / 3, true);
        return DetectedConcept.of(
                "c" + concept,
                neuron -> {
                    SeededRandom noise = SeededRandom.of(seed, "c" + concept, "n" + neuron);
                    double[] responses = new double[TEXTS];
                    for (int text = 0; text < TEXTS; text++) {
                        boolean planted = neuron >= 1 && neuron <= CONCEPTS && concept < neuron && labels[text];
                        responses[text] = noise.nextGaussian() + (planted ? 4 : 0);
                    }
                    return responses;
                },
                NEURONS,
                labels,
                100,
                SeededRandom.of(seed, "labels", "c" + concept));
    }

    @Test
    void ranksAsAveragePrecisionDoes() {
        SeededRandom random = SeededRandom.of(5, "ties");
        for (int run = 0; run < 50; run++) {
            double[] responses = new double[30];
            boolean[] labels = new boolean[30];
            for (int i = 0; i < 30; i++) {
                responses[i] = random.nextInt(6);
                labels[i] = i == 0 || (i > 1 && random.nextInt(3) == 0);
            }
            assertThat(new PrecisionRanking(responses).of(labels))
                    .isCloseTo(AveragePrecision.of(responses, labels), within(1e-12));
        }
    }

    @Test
    void evenSharesCountFullyAndNothingCountsNothing() {
        assertThat(PolysemanticitySummary.effectiveNumber(new double[] {0, 0.2, 0.2, 0.2}))
                .isCloseTo(3, within(1e-12));
        assertThat(PolysemanticitySummary.effectiveNumber(new double[] {0, 0})).isZero();
        assertThat(PolysemanticitySummary.effectiveNumber(new double[] {0.9, 0.1}))
                .isBetween(1.3, 1.4);
    }
}
