package io.arrakis.tools.prober;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What neurons do: how far the sentence vectors of texts with a concept lose their direction when the neurons are held at their
 * mean over texts without it.
 *
 * <p>Direction and means are from the texts that choose; the effect is measured on others.
 */
final class ConceptEffect {

    private final ClassDirection direction;
    private final SentenceBatches texts;
    private final NeuronMeans means;
    private final OperationContext context;
    private final double unchanged;

    /**
     * Prepares the texts with the concept that did not choose.
     *
     * @param sentences  sentence vectors of the last residual layer, a row a text
     * @param meanPooled neurons of the same texts, pooled by mean
     * @param most       so many texts are changed at most, the first of them
     */
    ConceptEffect(ConceptTexts sentences, ConceptTexts meanPooled, int most, OperationContext context) {
        this.means = new NeuronMeans(meanPooled);
        this.context = context;
        this.direction = direction(sentences, context);
        int[] changed =
                Arrays.stream(of(sentences, Half.REPORT, true)).limit(most).toArray();
        this.texts = new SentenceBatches(
                Arrays.stream(changed)
                        .mapToObj(i -> sentences.texts().texts().get(i))
                        .toList(),
                context.tokenizer(),
                context.model().architecture().dims().nCtx());
        this.unchanged = Moments.mean(direction.cosines(sentences.vectors(last(context), changed)));
    }

    /** Returns the hook point of sentence vectors. */
    static HookName last(OperationContext context) {
        return HookName.residual(context.model().architecture().dims().nLayers());
    }

    /** Returns the direction of a concept, from the texts that choose. */
    static ClassDirection direction(ConceptTexts sentences, OperationContext context) {
        return ClassDirection.between(
                sentences.vectors(last(context), of(sentences, Half.SELECTION, true)),
                sentences.vectors(last(context), of(sentences, Half.SELECTION, false)),
                context.model().architecture().dims().dModel());
    }

    private static int[] of(ConceptTexts texts, Half half, boolean label) {
        int[] chosen = texts.of(half);
        boolean[] labels = texts.labels(chosen);
        return IntStream.range(0, chosen.length)
                .filter(i -> labels[i] == label)
                .map(i -> chosen[i])
                .toArray();
    }

    /**
     * Drops of the mean cosine with the direction of the concept.
     *
     * @param best    with the chosen neurons
     * @param random  with each draw of other neurons of the same layers
     * @param matched with each draw of other neurons of the same layers that respond as much to texts with the concept
     */
    record Drops(double best, double[] random, double[] matched) {

        boolean aboveRandom() {
            return Arrays.stream(random).allMatch(drop -> drop < best);
        }

        boolean aboveMatched() {
            return Arrays.stream(matched).allMatch(drop -> drop < best);
        }
    }

    /** Measures neurons beside draws of others. */
    Drops drops(List<Neuron> neurons, int draws, SeededRandom random) {
        return new Drops(
                drop(neurons),
                IntStream.range(0, draws)
                        .mapToDouble(draw -> drop(
                                means.random(neurons, random.child("random").child(draw))))
                        .toArray(),
                IntStream.range(0, draws)
                        .mapToDouble(draw -> drop(
                                means.matched(neurons, random.child("matched").child(draw))))
                        .toArray());
    }

    private double drop(List<Neuron> neurons) {
        context.checkCancelled();
        Map<Neuron, Float> values = new HashMap<>();
        neurons.forEach(neuron -> values.put(neuron, means.without(neuron)));
        float[] vectors = texts.vectors(context.passes(), last(context), Ablation.towards(values, 1));
        return unchanged - Moments.mean(direction.cosines(vectors));
    }
}
