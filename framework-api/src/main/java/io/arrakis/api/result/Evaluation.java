package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.Objects;

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
}
