package io.arrakis.runtime.bind;

import io.arrakis.runtime.plugin.OperationType;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of an operation, as a step of an experiment.
 *
 * @param step the name of the step
 * @param use  the operation
 * @param with its parameters as they stand in YAML; those with defaults may be missing
 * @param read the calls whose results it was given, by their steps
 */
record BenchCall(String step, String use, Map<String, Object> with, Map<String, BenchCall> read) {

    /**
     * Makes a call.
     *
     * @param keys      names of the parameters, in their order
     * @param arguments for the first of them
     * @param results   earlier calls, by what they returned
     */
    static BenchCall of(
            OperationType type, List<String> keys, List<Object> arguments, IdentityHashMap<Record, BenchCall> results) {
        Map<String, BenchCall> read = new LinkedHashMap<>();
        BenchValues values = new BenchValues(results, read);
        Map<String, Object> with = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            with.put(keys.get(i), values.written(arguments.get(i)));
        }
        return new BenchCall(type.name() + "_" + (results.size() + 1), type.fullName(), with, read);
    }

    /** Adds the step, after those that it reads. */
    void addTo(Map<String, Object> steps) {
        read.values().forEach(earlier -> earlier.addTo(steps));
        steps.put(step, Map.of("use", use, "with", with));
    }
}
