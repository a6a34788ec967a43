package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Quantiles;
import io.arrakis.api.stats.Samples;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pooled responses of all neurons to texts with a concept and texts without, in two halves: neurons are chosen on the one and
 * reported on the other.
 */
final class ConceptTexts {

    /** Fewest texts of each label in each half. */
    static final int FEWEST_A_SIDE = 2;

    private final TextSide withConcept;
    private final TextSide without;
    private final LabelledTexts texts;
    private final List<Half> halves;

    /**
     * Puts the texts with the concept before those without.
     *
     * @param halves the half of each text
     */
    ConceptTexts(TextSide withConcept, TextSide without, List<Half> halves) {
        this(withConcept, without, LabelledTexts.of(withConcept, without), halves);
    }

    private ConceptTexts(TextSide withConcept, TextSide without, LabelledTexts texts, List<Half> halves) {
        this.withConcept = withConcept;
        this.without = without;
        this.texts = texts;
        this.halves = List.copyOf(halves);
        for (Half half : Half.values()) {
            requireBoth(half);
        }
    }

    private void requireBoth(Half half) {
        for (boolean label : new boolean[] {true, false}) {
            int count = of(half, label).length;
            if (count < FEWEST_A_SIDE) {
                throw new ArrakisException(
                        ErrorCode.DATA_UNFIT,
                        label ? "true_texts" : "false_texts",
                        "only " + count + " of the texts fall into the half that neurons are "
                                + (half == Half.SELECTION ? "chosen" : "reported") + " on, and " + FEWEST_A_SIDE
                                + " are needed",
                        "give more texts, or name a half_field that splits them");
            }
        }
    }

    /** Returns the same, of which texts are one that the model reads alike. */
    ConceptTexts readBy(Reading reading) {
        return new ConceptTexts(withConcept, without, texts.readBy(reading), halves);
    }

    LabelledTexts texts() {
        return texts;
    }

    /** Returns what a reader should know of the texts and their halves. */
    List<String> warnings() {
        return texts.warnings(halves);
    }

    /** Returns the number of texts that choose and are reported on. */
    int inBothHalves() {
        return texts.inBothHalves(halves).size();
    }

    /** Returns the numbers of the texts of a half, in order. */
    int[] of(Half half) {
        return IntStream.range(0, texts.size())
                .filter(i -> halves.get(i) == half)
                .toArray();
    }

    /** Returns the numbers of all texts. */
    int[] all() {
        return RowRange.of(0, texts.size());
    }

    /** Returns the numbers of the texts of a half with one label, in order. */
    int[] of(Half half, boolean label) {
        return IntStream.of(of(half)).filter(i -> texts.labels()[i] == label).toArray();
    }

    boolean[] labels(int[] chosen) {
        return Samples.pick(texts.labels(), chosen);
    }

    /** Returns bins of equal size of the lengths of texts, in characters. */
    int[] lengthBins(int[] chosen, int bins) {
        double[] lengths = new double[chosen.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = texts.texts().get(chosen[i]).length();
        }
        return Quantiles.bins(lengths, bins);
    }

    int width(int layer) {
        return withConcept.activations().width(Neuron.hook(layer));
    }

    /** Returns the responses of all neurons of a layer to chosen texts, text after text. */
    float[] responses(int layer, int[] chosen) {
        return vectors(Neuron.hook(layer), chosen);
    }

    /** Returns the rows of chosen texts at a hook point, text after text. */
    float[] vectors(HookName hook, int[] chosen) {
        int first = withConcept.rows().length;
        int[] trues = IntStream.of(chosen).filter(i -> i < first).toArray();
        int[] falses =
                IntStream.of(chosen).filter(i -> i >= first).map(i -> i - first).toArray();
        float[] values = new float
                [Math.multiplyExact(chosen.length, withConcept.activations().width(hook))];
        float[] head = gather(withConcept, hook, trues);
        float[] tail = gather(without, hook, falses);
        System.arraycopy(head, 0, values, 0, head.length);
        System.arraycopy(tail, 0, values, head.length, tail.length);
        return values;
    }

    private static float[] gather(TextSide side, HookName hook, int[] chosen) {
        Activations activations = side.activations();
        float[] values = activations.gather(hook, Samples.pick(side.rows(), chosen));
        int width = activations.width(hook);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ArrakisException(
                        ErrorCode.NOT_FINITE,
                        hook.toString(),
                        "unit " + i % width + " is " + values[i] + " on text '" + side.id(chosen[i / width]) + "'",
                        "check the weights of the model, or compute in float32");
            }
        }
        return values;
    }

    /** Returns the number of texts that were cut. */
    int cut() {
        return withConcept.activations().rows().cut()
                + without.activations().rows().cut();
    }
}
