package io.arrakis.tools.lens;

import java.util.LinkedHashMap;
import java.util.Map;

/** What each part adds to a number, place by place. */
final class Ledger {

    private final int rows;
    private final Map<Part, double[]> entries = new LinkedHashMap<>();

    Ledger(int rows) {
        this.rows = rows;
    }

    /**
     * Enters a part.
     *
     * @param values one for each place
     */
    void put(Part part, double[] values) {
        if (values.length != rows || entries.put(part, values) != null) {
            throw new IllegalStateException(part.name() + " is entered twice, or not for " + rows + " places");
        }
    }

    /** Returns all parts. */
    Map<Part, double[]> entries() {
        return entries;
    }

    /** Returns the sum over the parts at one place. */
    double sum(int row) {
        return entries.values().stream().mapToDouble(values -> values[row]).sum();
    }

    /** Returns the largest part at one place, by its absolute value. */
    double largest(int row) {
        return entries.values().stream()
                .mapToDouble(values -> Math.abs(values[row]))
                .max()
                .orElse(0);
    }
}
