package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.operation.OperationContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides which words are scored and on which occurrences.
 *
 * @param scored  the words, in the order of the alphabet
 * @param tooRare the others that were asked for, or that occur at least twice where none were named
 */
record WordSampling(List<WordSample> scored, List<TooRare> tooRare) {

    /**
     * A word that is not scored.
     *
     * @param name        the word
     * @param occurrences number of texts with it
     */
    record TooRare(String name, int occurrences) {}

    static WordSampling of(
            TokenRows rows,
            Words words,
            Optional<List<String>> asked,
            Rarefaction rarefaction,
            OperationContext context) {
        Occurrences occurrences = Occurrences.of(rows, words);
        List<WordSample> scored = new ArrayList<>();
        List<TooRare> tooRare = new ArrayList<>();
        for (String name : asked.<List<String>>map(given -> List.copyOf(new TreeSet<>(given)))
                .orElseGet(() -> all(words))) {
            int[] found = words.number(name).map(occurrences::rows).orElse(new int[0]);
            if (found.length >= rarefaction.size()) {
                int[] pool = rarefaction.pool(context, name, found);
                int[][] draws = rarefaction.draws(context, name, pool.length);
                scored.add(new WordSample(words.number(name).orElseThrow(), name, found.length, pool, draws));
            } else if (asked.isPresent() || found.length > 1) {
                tooRare.add(new TooRare(name, found.length));
            }
        }
        return new WordSampling(scored, tooRare);
    }

    /** Returns the words that are scored. */
    Set<String> scoredNames() {
        return scored.stream().map(WordSample::name).collect(Collectors.toSet());
    }

    /** Returns the word that occurs most of those that are too rare. */
    Optional<TooRare> mostFrequent() {
        return tooRare.stream().max(Comparator.comparingInt(TooRare::occurrences));
    }

    private static List<String> all(Words words) {
        return IntStream.range(0, words.count())
                .mapToObj(words::name)
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
