package io.arrakis.tools.prober;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What neurons do: how far texts with a concept lose it when the neurons are held at what they are on texts without it.
 *
 * <p>What they are held at is from the texts that choose; the effect is measured on others.
 */
final class ConceptEffect {

    /** Draws of neurons that were drawn before, one after the other, after which no others are looked for. */
    private static final int MOST_REPEATED = 100;

    private final Readout readout;
    private final SentenceBatches texts;
    private final double[] unchanged;
    private final NeuronMeans means;
    private final HeldAt heldAt;
    private final OperationContext context;

    /**
     * Prepares the texts that are changed.
     *
     * @param readout   what is measured
     * @param changed   the texts
     * @param unchanged what is measured of each without any change
     */
    ConceptEffect(
            Readout readout,
            List<String> changed,
            double[] unchanged,
            NeuronMeans means,
            HeldAt heldAt,
            OperationContext context) {
        this.readout = readout;
        this.texts = new SentenceBatches(
                changed,
                context.tokenizer(),
                context.model().architecture().dims().nCtx());
        this.unchanged = unchanged.clone();
        this.means = means;
        this.heldAt = heldAt;
        this.context = context;
    }

    /**
     * Drops with some neurons and with others beside them; no two draws of a kind are of the same neurons.
     *
     * @param chosen  with the chosen neurons
     * @param random  with each draw of other neurons of the same layers
     * @param matched with each draw of other neurons of the same layers that respond as much to texts with the concept
     */
    record Drops(double chosen, double[] random, double[] matched) {

        boolean aboveRandom() {
            return Arrays.stream(random).allMatch(drop -> drop < chosen);
        }

        boolean aboveMatched() {
            return Arrays.stream(matched).allMatch(drop -> drop < chosen);
        }
    }

    /** Measures neurons beside draws of others. */
    Drops drops(List<Neuron> neurons, int draws, SeededRandom random) {
        return besideOthers(ofTexts(neurons, 1, random), neurons, draws, random);
    }

    /**
     * Measures draws of other neurons, beside neurons that were measured.
     *
     * @param lost  the drop of each text with the neurons
     * @param draws most draws of each kind; fewer where there are no more that differ
     */
    Drops besideOthers(double[] lost, List<Neuron> neurons, int draws, SeededRandom random) {
        return new Drops(
                Moments.mean(lost),
                draws("random", draws, random, child -> means.random(neurons, child)),
                draws("matched", draws, random, child -> means.matched(neurons, child)));
    }

    /** Draws until there are enough that differ, or no others turn up: the same neurons again say nothing more. */
    private double[] draws(String kind, int draws, SeededRandom random, Others others) {
        Set<IntBuffer> known = new HashSet<>();
        double[] drops = new double[draws];
        int repeated = 0;
        for (int draw = 0; known.size() < draws && repeated < MOST_REPEATED; draw++) {
            SeededRandom child = random.child(kind).child(draw);
            List<Neuron> drawn = others.draw(child);
            if (known.add(key(drawn))) {
                drops[known.size() - 1] = Moments.mean(ofTexts(drawn, 1, child.child("held at")));
                repeated = 0;
            } else {
                repeated++;
            }
        }
        return Arrays.copyOf(drops, known.size());
    }

    private static IntBuffer key(List<Neuron> neurons) {
        return IntBuffer.wrap(neurons.stream()
                .sorted(Neuron.ORDER)
                .flatMapToInt(neuron -> IntStream.of(neuron.layer(), neuron.neuron()))
                .toArray());
    }

    /** Draws other neurons. */
    private interface Others {
        List<Neuron> draw(SeededRandom random);
    }

    /** Returns the drop of each text, neurons moved by a dose of the way. */
    double[] ofTexts(List<Neuron> neurons, double dose, SeededRandom random) {
        context.checkCancelled();
        Map<Neuron, Float> values = new HashMap<>();
        neurons.stream().sorted(Neuron.ORDER).forEach(neuron -> values.put(neuron, value(neuron, random)));
        double[] changed = readout.of(
                texts.vectors(context.passes(), readout.hook(), readout.pool(), Ablation.towards(values, dose)));
        return IntStream.range(0, changed.length)
                .mapToDouble(text -> unchanged[text] - changed[text])
                .toArray();
    }

    private float value(Neuron neuron, SeededRandom random) {
        return switch (heldAt) {
            case MEAN -> means.without(neuron);
            case ZERO -> 0;
            case RESAMPLED -> means.drawn(neuron, random);
        };
    }
}
