package io.arrakis.tools.kg;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the rows of an evaluation with what each must reach. */
final class EvaluationRows {

    private final Map<String, Double> required;
    private final List<Evaluation.Row> rows = new ArrayList<>();

    /**
     * Starts with nothing.
     *
     * @param required what figures must reach, by {@code id.figure}
     */
    EvaluationRows(Map<String, Double> required) {
        this.required = Map.copyOf(required);
    }

    void add(String id, String figure, Estimate value) {
        rows.add(new Evaluation.Row(id, figure, value, required.getOrDefault(id + "." + figure, Double.NaN)));
    }

    Evaluation evaluation() {
        return new Evaluation(rows);
    }

    /** Returns a warning for each figure that something is required of and that is not there. */
    List<String> warnings() {
        Set<String> known =
                rows.stream().map(row -> row.id() + "." + row.figure()).collect(Collectors.toSet());
        return required.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .map(key -> "required has '" + key + "', but no figure is called so")
                .toList();
    }
}
