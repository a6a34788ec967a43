package io.arrakis.runtime.spec.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of JSON Schemas, whose keys keep their order, so that equal catalogues give equal bytes. */
final class Schemas {

    private Schemas() {}

    /** Returns a schema of one type. */
    static Map<String, Object> type(Object type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    /** Returns the schema of texts that match a pattern. */
    static Map<String, Object> pattern(String pattern) {
        Map<String, Object> schema = type("string");
        schema.put("pattern", pattern);
        return schema;
    }

    /** Returns the schema of values that fit one of several. */
    static Map<String, Object> anyOf(List<Map<String, Object>> choices) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", choices);
        return schema;
    }

    /**
     * Returns the schema of a value.
     *
     * @param references whether a reference may stand instead
     */
    static Map<String, Object> of(Form form, boolean references) {
        Map<String, Object> schema = form.schema(references);
        boolean anyText = schema.get("type") instanceof List<?> types && types.contains("string");
        boolean reference = form instanceof DataForm || form instanceof StepForm;
        return anyText || reference || !references ? schema : anyOf(List.of(schema, pattern(Reference.SCHEMA_PATTERN)));
    }
}
