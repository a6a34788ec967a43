package io.arrakis.tools.prober;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Effects of neurons of one block beside those of others of the block that write as much. */
final class MatchedEffects {

    private final WrittenDirections written;
    private final double[] lengths;
    private final int matched;

    /**
     * Prepares the comparison.
     *
     * @param matched others beside each neuron
     */
    MatchedEffects(WrittenDirections written, int matched) {
        this.written = written;
        this.lengths = written.lengths();
        this.matched = matched;
    }

    /**
     * One neuron.
     *
     * @param neuron  the neuron
     * @param length  of what it writes, as the unembedding reads it
     * @param effects on tokens; none where the length is 0
     * @param others  effects of those that write as much; fewer where others write nothing
     */
    record One(Neuron neuron, double length, Optional<TokenEffects> effects, List<TokenEffects> others) {}

    /** Measures neurons; each that is needed is measured once. */
    List<One> of(List<Neuron> neurons, TokenScores scores) {
        int[] needed = neurons.stream()
                .map(Neuron::neuron)
                .filter(this::writes)
                .flatMap(neuron -> Stream.concat(Stream.of(neuron), like(neuron)))
                .distinct()
                .mapToInt(Integer::intValue)
                .toArray();
        Map<Integer, TokenEffects> effects = new HashMap<>();
        List<TokenEffects> measured = needed.length == 0 ? List.of() : scores.of(written, needed);
        for (int i = 0; i < needed.length; i++) {
            effects.put(needed[i], measured.get(i));
        }
        return neurons.stream().map(neuron -> one(neuron, effects)).toList();
    }

    private One one(Neuron neuron, Map<Integer, TokenEffects> effects) {
        int number = neuron.neuron();
        return writes(number)
                ? new One(
                        neuron,
                        lengths[number],
                        Optional.of(effects.get(number)),
                        like(number).map(effects::get).toList())
                : new One(neuron, 0, Optional.empty(), List.of());
    }

    private boolean writes(int neuron) {
        return lengths[neuron] > 0;
    }

    /** Returns the others nearest in length, none that write nothing. */
    private Stream<Integer> like(int neuron) {
        return IntStream.range(0, lengths.length)
                .filter(other -> other != neuron && writes(other))
                .boxed()
                .sorted(Comparator.comparingDouble(other -> Math.abs(lengths[other] - lengths[neuron])))
                .limit(matched);
    }
}
