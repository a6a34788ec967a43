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

    /** Reports fields that were named and cannot be held fixed. */
    static void check(PolysemanticScore.Params params, Planning planning, Problems problems) {
        List<String> named = params.controlFields().orElse(List.of());
        for (int i = 0; i < named.size(); i++) {
            String parameter = "control_fields[" + i + "]";
            Optional<DataRef> truth = params.truth();
            if (truth.isEmpty()) {
                problems.at(parameter)
                        .error(
                                ErrorCode.TOOL_INPUT,
                                "there is no truth whose field '" + named.get(i) + "' could be held fixed",
                                "give a truth, or leave control_fields out");
            } else if (named.get(i).equals(params.truthField())) {
                problems.at(parameter)
                        .error(
                                ErrorCode.TOOL_INPUT,
                                "'" + named.get(i) + "' is the truth_field itself",
                                "name other fields of the truth");
            } else {
                Fields.require(planning, truth.get(), named.get(i), parameter, problems);
            }
        }
    }

    /** Reads the fields that are named, or the default one where the data set has it. */
    static ControlFields read(PolysemanticScore.Params params, Dataset truth, String origin) {
        List<String> named = params.controlFields()
                .orElseGet(() ->
                        truth.fields().contains(DEFAULT) && !params.truthField().equals(DEFAULT)
                                ? List.of(DEFAULT)
                                : List.of());
        Map<String, Map<String, Double>> fields = new LinkedHashMap<>();
        named.forEach(field -> fields.put(field, KnownWords.read(truth, field, origin)));
        return new ControlFields(fields);
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
