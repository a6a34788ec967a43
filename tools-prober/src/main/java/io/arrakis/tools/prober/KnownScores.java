package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.SeededRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The scores of those words of which something is known. */
final class KnownScores {

    private final WordScores scores;
    private final TruthComparison comparison;

    private KnownScores(WordScores scores, TruthComparison comparison) {
        this.scores = scores;
        this.comparison = comparison;
    }

    /** Picks the words that are known; nothing where none is. */
    static Optional<KnownScores> of(
            WordScores all,
            Map<String, Double> truth,
            ControlFields controls,
            TruthComparison.Extremes extremes,
            SeededRandom random) {
        List<WordScores.Row> known = all.rows().stream()
                .filter(row -> truth.containsKey(row.sample().name()))
                .toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = known.stream().map(row -> row.sample().name()).toList();
        TruthComparison comparison = new TruthComparison(
                names.stream().mapToDouble(truth::get).toArray(),
                known.stream().mapToDouble(row -> row.sample().occurrences()).toArray(),
                controls.of(names),
                extremes,
                random);
        return Optional.of(new KnownScores(new WordScores(known), comparison));
    }

    /** Returns how each part agrees with the truth, by its name; warnings are about one part alone. */
    Map<String, Agreement> agreement(PolysemyPart warned, List<String> warnings) {
        Map<String, Agreement> agreement = new TreeMap<>();
        for (PolysemyPart part : PolysemyPart.values()) {
            agreement.put(name(part), comparison.of(scores.of(part), warning -> {
                if (part == warned) {
                    warnings.add(warning);
                }
            }));
        }
        return agreement;
    }

    /** Returns how {@code neighbours} agrees with the truth when words are permuted. */
    Optional<Estimate> permuted(List<String> warnings) {
        return comparison.ofPermutations(scores.permuted(), warnings::add);
    }

    static String name(PolysemyPart part) {
        return part.name().toLowerCase(Locale.ROOT);
    }
}
