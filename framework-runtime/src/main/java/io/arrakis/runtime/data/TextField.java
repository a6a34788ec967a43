package io.arrakis.runtime.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which field of a row is the text that the model reads.
 *
 * @param asked the field that the experiment names; it must be there in every row. Without one, {@code text} is taken where
 *              it is there, and rows without it are rows without a text
 */
record TextField(Optional<String> asked) {

    private static final String USUAL = "text";

    String name() {
        return asked.orElse(USUAL);
    }

    Row row(long line, Map<String, Object> fields) throws BadRowException {
        String name = name();
        Object value = fields.get(name);
        if (value == null && asked.isEmpty()) {
            return new Row(line, "", Collections.unmodifiableMap(fields));
        }
        if (value == null) {
            String known = String.join(", ", fields.keySet());
            throw new BadRowException(line, "the row has no field '" + name + "'; fields: " + known);
        }
        if (!(value instanceof String text) || text.isBlank()) {
            throw new BadRowException(line, "the field '" + name + "' is " + words(value) + ", not a text");
        }
        Map<String, Object> others = new LinkedHashMap<>(fields);
        others.remove(name);
        return new Row(line, text, Collections.unmodifiableMap(others));
    }

    private static String words(Object value) {
        return value instanceof String ? "blank" : value.toString();
    }
}
