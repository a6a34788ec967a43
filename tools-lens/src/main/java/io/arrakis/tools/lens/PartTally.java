package io.arrakis.tools.lens;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.SeededRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Means of what each part adds, over places; kept for each kind of parts together too. */
final class PartTally {

    private final int texts;
    private final Map<Part, TextMeans> means = new LinkedHashMap<>();
    private final Map<Part.Kind, TextMeans> kinds = new LinkedHashMap<>();
    private final TextMeans total;

    PartTally(int texts) {
        this.texts = texts;
        this.total = new TextMeans(texts);
    }

    /** Adds what each part adds at one place. */
    void add(int text, Ledger ledger, int row) {
        Map<Part.Kind, Double> sums = new LinkedHashMap<>();
        ledger.entries().forEach((part, values) -> {
            means.computeIfAbsent(part, it -> new TextMeans(texts)).add(text, values[row]);
            sums.merge(part.kind(), values[row], Double::sum);
        });
        sums.forEach((kind, sum) ->
                kinds.computeIfAbsent(kind, it -> new TextMeans(texts)).add(text, sum));
        total.add(text, ledger.sum(row));
    }

    boolean isEmpty() {
        return means.isEmpty();
    }

    /** Returns the parts, as they were entered. */
    List<Part> parts() {
        return List.copyOf(means.keySet());
    }

    /** Returns the mean of a part with its interval. */
    Estimate of(Part part, SeededRandom random) {
        return means.get(part).estimate(random.child(part.name()));
    }

    /** Returns the mean of all parts of some kinds together; 0 where there is none. */
    double of(Predicate<Part> which) {
        return means.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToDouble(entry -> entry.getValue().mean())
                .sum();
    }

    /** Returns the mean of all parts of a kind together, with its interval. */
    Estimate of(Part.Kind kind, SeededRandom random) {
        TextMeans found = kinds.get(kind);
        return found == null ? Estimate.withoutInterval(0) : found.estimate(random.child(kind.name()));
    }

    /** Returns the mean of the whole, with its interval. */
    Estimate total(SeededRandom random) {
        return total.estimate(random.child("total"));
    }
}
