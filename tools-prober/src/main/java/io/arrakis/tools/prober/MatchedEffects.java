package io.arrakis.tools.prober;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
        Map<Integer, List<Integer>> matches = new LinkedHashMap<>();
        neurons.stream().map(Neuron::neuron).filter(this::writes).forEach(number -> matches.put(number, like(number)));
        int[] needed = matches.entrySet().stream()
                .flatMap(entry -> Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream()))
                .distinct()
                .mapToInt(Integer::intValue)
                .toArray();
        Map<Integer, TokenEffects> effects = new HashMap<>();
        List<TokenEffects> measured = needed.length == 0 ? List.of() : scores.of(written, needed);
        for (int i = 0; i < needed.length; i++) {
            effects.put(needed[i], measured.get(i));
        }
        return neurons.stream().map(neuron -> one(neuron, matches, effects)).toList();
    }

    private One one(Neuron neuron, Map<Integer, List<Integer>> matches, Map<Integer, TokenEffects> effects) {
        int number = neuron.neuron();
        return writes(number)
                ? new One(
                        neuron,
                        lengths[number],
                        Optional.of(effects.get(number)),
                        matches.get(number).stream().map(effects::get).toList())
                : new One(neuron, 0, Optional.empty(), List.of());
    }

    private boolean writes(int neuron) {
        return lengths[neuron] > 0;
    }

    /** Returns the others nearest in length, none that write nothing. */
    private List<Integer> like(int neuron) {
        return IntStream.range(0, lengths.length)
                .filter(other -> other != neuron && writes(other))
                .boxed()
                .sorted(Comparator.comparingDouble(other -> Math.abs(lengths[other] - lengths[neuron])))
                .limit(matched)
                .toList();
    }
}
