package io.arrakis.tools.prober;

import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Mean responses of all neurons to the texts that choose, and other neurons that respond as much as given ones.
 *
 * <p>Read from a capture that is pooled by mean, a layer at a time, when first asked for.
 */
final class NeuronMeans {

    /** How many of the neurons nearest in mean response a matched one is drawn from. */
    private static final int NEAR = 50;

    private final ConceptTexts concept;
    private final Map<Integer, Means> layers = new HashMap<>();

    private record Means(float[] withConcept, float[] without) {}

    NeuronMeans(ConceptTexts meanPooled) {
        this.concept = meanPooled;
    }

    /** Returns the mean response of a neuron to texts with the concept. */
    float withConcept(Neuron neuron) {
        return means(neuron.layer()).withConcept()[neuron.neuron()];
    }

    /** Returns the mean response of a neuron to texts without the concept. */
    float without(Neuron neuron) {
        return means(neuron.layer()).without()[neuron.neuron()];
    }

    /** Returns the response of a neuron to one text without the concept, drawn at random. */
    float drawn(Neuron neuron, SeededRandom random) {
        int[] without = concept.of(Half.SELECTION, false);
        int[] text = {without[random.nextInt(without.length)]};
        return concept.responses(neuron.layer(), text)[neuron.neuron()];
    }

    private Means means(int layer) {
        return layers.computeIfAbsent(layer, wanted -> new Means(mean(wanted, true), mean(wanted, false)));
    }

    private float[] mean(int layer, boolean label) {
        int[] chosen = concept.of(Half.SELECTION, label);
        float[] responses = concept.responses(layer, chosen);
        float[] mean = new float[concept.width(layer)];
        for (int i = 0; i < responses.length; i++) {
            mean[i % mean.length] += responses[i] / chosen.length;
        }
        return mean;
    }

    /** Draws as many other neurons of the same layers. */
    List<Neuron> random(List<Neuron> like, SeededRandom random) {
        Set<Neuron> taken = new HashSet<>(like);
        List<Neuron> drawn = new ArrayList<>();
        for (Neuron neuron : like) {
            List<Neuron> free = others(neuron.layer(), taken);
            keep(free.get(random.nextInt(free.size())), drawn, taken);
        }
        return drawn;
    }

    /** Draws as many other neurons of the same layers, each among those nearest in mean response to texts with the concept. */
    List<Neuron> matched(List<Neuron> like, SeededRandom random) {
        Set<Neuron> taken = new HashSet<>(like);
        List<Neuron> drawn = new ArrayList<>();
        for (Neuron neuron : like) {
            float wanted = withConcept(neuron);
            List<Neuron> near = others(neuron.layer(), taken).stream()
                    .sorted(Comparator.comparingDouble(other -> Math.abs(withConcept(other) - wanted)))
                    .limit(NEAR)
                    .toList();
            keep(near.get(random.nextInt(near.size())), drawn, taken);
        }
        return drawn;
    }

    private static void keep(Neuron neuron, List<Neuron> drawn, Set<Neuron> taken) {
        drawn.add(neuron);
        taken.add(neuron);
    }

    private List<Neuron> others(int layer, Set<Neuron> taken) {
        return IntStream.range(0, concept.width(layer))
                .mapToObj(number -> new Neuron(layer, number))
                .filter(neuron -> !taken.contains(neuron))
                .toList();
    }
}
