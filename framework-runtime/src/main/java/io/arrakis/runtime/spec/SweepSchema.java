package io.arrakis.runtime.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of the block {@code sweep:}. */
final class SweepSchema {

    private static final String TYPE = "type";
    private static final String ITEMS = "items";
    private static final String FEWEST = "minItems";
    private static final String NUMBER = "number";
    private static final String OTHERS = "additionalProperties";
    private static final String PROPERTIES = "properties";
    private static final String DESCRIPTION = "description";

    private SweepSchema() {}

    static Map<String, Object> of() {
        Map<String, Object> blocks = new LinkedHashMap<>();
        blocks.put("grid", paths("Paths that are varied each by itself.", values()));
        blocks.put("zip", paths("Paths that are varied together, with equally many values.", values()));
        blocks.put("list", list());
        blocks.put("random", random());
        return map(
                TYPE,
                "object",
                DESCRIPTION,
                "What is varied; every combination of the blocks is a trial of 'arrakis sweep'.",
                PROPERTIES,
                blocks,
                "minProperties",
                1,
                OTHERS,
                false);
    }

    private static Map<String, Object> paths(String description, Map<String, Object> value) {
        return map(TYPE, "object", DESCRIPTION, description, "minProperties", 1, OTHERS, value);
    }

    private static Map<String, Object> values() {
        Map<String, Object> numbers = map(TYPE, "array", ITEMS, map(TYPE, NUMBER), FEWEST, 2, "maxItems", 3);
        return map("anyOf", List.of(map(TYPE, "array", FEWEST, 1), only("range", numbers)));
    }

    private static Map<String, Object> list() {
        Map<String, Object> trial = map(TYPE, "object", "minProperties", 1);
        return map(TYPE, "array", DESCRIPTION, "Trials, each with its paths and values.", ITEMS, trial, FEWEST, 1);
    }

    private static Map<String, Object> random() {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("samples", map(TYPE, "integer", "minimum", 1, DESCRIPTION, "Number of draws."));
        own.put("seed", map(TYPE, "integer", "minimum", 0, DESCRIPTION, "Decides the draws.", "default", 0));
        return map(
                TYPE,
                "object",
                DESCRIPTION,
                "Paths whose values are drawn.",
                PROPERTIES,
                own,
                "required",
                List.of("samples"),
                OTHERS,
                draw());
    }

    private static Map<String, Object> draw() {
        Map<String, Object> ends = map(TYPE, "array", ITEMS, map(TYPE, NUMBER), FEWEST, 2, "maxItems", 2);
        return map(
                "anyOf",
                List.of(only("choice", values()), only("int", ends), only("uniform", ends), only("log_uniform", ends)));
    }

    private static Map<String, Object> only(String key, Map<String, Object> value) {
        return map(TYPE, "object", PROPERTIES, map(key, value), "required", List.of(key), OTHERS, false);
    }

    private static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
