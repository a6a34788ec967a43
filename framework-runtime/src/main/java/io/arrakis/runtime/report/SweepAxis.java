package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a sweep varied.
 *
 * @param path   the path
 * @param values its values as written, in order of size where all are numbers
 */
record SweepAxis(String path, List<String> values) {

    private static final String NUMBER = "-?\\d{1,18}(\\.\\d{1,30})?";

    /** Returns the axes with more than one value, those with most numbers first. */
    static List<SweepAxis> of(JsonNode record) {
        List<SweepAxis> axes = new ArrayList<>();
        for (JsonNode path : record.path("axes")) {
            Set<String> values = new LinkedHashSet<>();
            for (JsonNode trial : record.path("trials")) {
                JsonNode value = trial.path("settings").path(path.asText());
                if (value.isTextual()) {
                    values.add(value.asText());
                }
            }
            if (values.size() > 1) {
                axes.add(sorted(path.asText(), new ArrayList<>(values)));
            }
        }
        axes.sort(Comparator.comparing((SweepAxis axis) -> !axis.isNumeric())
                .thenComparing(axis -> -axis.values().size()));
        return axes;
    }

    private static SweepAxis sorted(String path, List<String> values) {
        SweepAxis axis = new SweepAxis(path, values);
        if (axis.isNumeric()) {
            values.sort(Comparator.comparingDouble(Double::parseDouble));
        }
        return axis;
    }

    boolean isNumeric() {
        return values.stream().allMatch(value -> value.matches(NUMBER));
    }

    /** Returns the last part of the path. */
    String label() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
