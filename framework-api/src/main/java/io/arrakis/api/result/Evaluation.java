package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Figures held against known truth, written as {@code evaluation.csv}.
 *
 * @param rows a row for each id and figure
 */
@Stable
public record Evaluation(List<Row> rows) {

    /** Copies the list. */
    public Evaluation {
        rows = List.copyOf(rows);
    }

    /**
     * Starts an evaluation that has no row yet.
     *
     * @param required what figures must reach, by {@code id.figure}
     */
    public static Builder requiring(Map<String, Double> required) {
        return new Builder(required);
    }

    /**
     * One figure.
     *
     * @param id       which figure of which table, such as {@code A1}
     * @param figure   what was measured: {@code rho}, {@code AUROC}, {@code accuracy}
     * @param value    the estimate with its interval
     * @param required what the value must reach; NaN where nothing is required
     */
    public record Row(String id, String figure, Estimate value, double required) {

        /** Checks that nothing is null. */
        public Row {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(figure, "figure");
            Objects.requireNonNull(value, "value");
        }
    }

    /** Makes an evaluation figure by figure, each with what it must reach. */
    public static final class Builder {

        private final Map<String, Double> required;
        private final List<Row> rows = new ArrayList<>();

        private Builder(Map<String, Double> required) {
            this.required = Map.copyOf(required);
        }

        /** Adds a figure. */
        public Builder add(String id, String figure, Estimate value) {
            rows.add(new Row(id, figure, value, required.getOrDefault(id + "." + figure, Double.NaN)));
            return this;
        }

        /** Adds a figure where it is defined. */
        public Builder add(String id, String figure, Optional<Estimate> value) {
            value.ifPresent(defined -> add(id, figure, defined));
            return this;
        }

        /** Returns a warning for each figure that something is required of and that has not been added. */
        public List<String> warnings() {
            Set<String> known =
                    rows.stream().map(row -> row.id() + "." + row.figure()).collect(Collectors.toSet());
            return required.keySet().stream()
                    .filter(key -> !known.contains(key))
                    .sorted()
                    .map(key -> "required has '" + key
                            + "', but there is no such figure: the name is wrong, or these data do not give it")
                    .toList();
        }

        /** Returns the evaluation. */
        public Evaluation build() {
            return new Evaluation(rows);
        }
    }
}
