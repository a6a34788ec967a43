package io.arrakis.tools.prober;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of words beside the truth and is held fixed in a correlation.
 *
 * @param fields the numbers of the words by field
 */
record ControlFields(Map<String, Map<String, Double>> fields) {

    /** Having a verb sense goes with the number of senses more than any score does. */
    static final String DEFAULT = "has_verb";

    static final ControlFields NONE = new ControlFields(Map.of());

    /**
     * Which fields are asked for.
     *
     * @param named      fields; the default one where none are given and the truth has it
     * @param truthField field that the scores are compared with
     */
    record Asked(Optional<List<String>> named, String truthField) {

        /** Reports fields that were named and cannot be held fixed. */
        void check(Optional<DataRef> truth, Planning planning, Problems problems) {
            List<String> fields = named.orElse(List.of());
            for (int i = 0; i < fields.size(); i++) {
                String parameter = "control_fields[" + i + "]";
                if (truth.isEmpty()) {
                    problems.at(parameter)
                            .error(
                                    ErrorCode.TOOL_INPUT,
                                    "there is no truth whose field '" + fields.get(i) + "' could be held fixed",
                                    "give a truth, or leave control_fields out");
                } else if (fields.get(i).equals(truthField)) {
                    problems.at(parameter)
                            .error(
                                    ErrorCode.TOOL_INPUT,
                                    "'" + fields.get(i) + "' is the truth_field itself",
                                    "name other fields of the truth");
                } else {
                    Fields.require(planning, truth.get(), fields.get(i), parameter, problems);
                }
            }
        }

        /** Reads the fields. */
        ControlFields read(Dataset truth, DataRef data) {
            boolean known = truth.fields().contains(DEFAULT) && !truthField.equals(DEFAULT);
            Map<String, Map<String, Double>> fields = new LinkedHashMap<>();
            named.orElseGet(() -> known ? List.of(DEFAULT) : List.of())
                    .forEach(field -> fields.put(field, KnownWords.read(truth, field, "data." + data.name())));
            return new ControlFields(fields);
        }
    }

    /** Returns the numbers of some words, field by field; NaN where none is known. */
    double[][] of(List<String> words) {
        return fields.values().stream()
                .map(known -> words.stream()
                        .mapToDouble(word -> known.getOrDefault(word, Double.NaN))
                        .toArray())
                .toArray(double[][]::new);
    }
}
