package io.arrakis.tools.prober;

import io.arrakis.api.stats.Half;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds neurons that respond alike to every text. */
final class ConstantNeurons {

    /** Means of equal numbers over texts of different lengths differ by no more, relative to them. */
    private static final double ROUNDING = 1e-6;

    private ConstantNeurons() {}

    /** Warns of those whose mean response is the same for all texts. */
    static void warn(List<Neuron> neurons, ConceptTexts meanPooled, List<String> warnings) {
        List<Neuron> constant = neurons.stream().collect(Collectors.groupingBy(Neuron::layer)).entrySet().stream()
                .flatMap(layer -> of(layer.getKey(), layer.getValue(), meanPooled).stream())
                .sorted(Neuron.ORDER)
                .toList();
        if (!constant.isEmpty()) {
            Neuron first = constant.get(0);
            warnings.add(constant.size() + " of the neurons respond alike to every text, such as [" + first.layer()
                    + ", " + first.neuron() + "]: they tell nothing apart");
        }
    }

    private static List<Neuron> of(int layer, List<Neuron> neurons, ConceptTexts texts) {
        float[] low = new float[neurons.size()];
        float[] high = new float[neurons.size()];
        Arrays.fill(low, Float.POSITIVE_INFINITY);
        Arrays.fill(high, Float.NEGATIVE_INFINITY);
        for (Half half : Half.values()) {
            float[] responses = texts.responses(layer, texts.of(half));
            for (int text = 0; text < responses.length; text += texts.width(layer)) {
                for (int i = 0; i < low.length; i++) {
                    float response = responses[text + neurons.get(i).neuron()];
                    low[i] = Math.min(low[i], response);
                    high[i] = Math.max(high[i], response);
                }
            }
        }
        return IntStream.range(0, low.length)
                .filter(i -> high[i] - low[i] <= ROUNDING * Math.max(Math.abs(low[i]), Math.abs(high[i])))
                .mapToObj(neurons::get)
                .toList();
    }
}
