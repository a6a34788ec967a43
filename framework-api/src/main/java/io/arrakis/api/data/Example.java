package io.arrakis.api.data;

import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One text of a data set with its fields.
 *
 * @param id     stable and unique in its data set, such as a line number or a synset; it is what messages and reports name
 * @param text   what the model reads; empty for rows that are not texts, such as word pairs
 * @param fields further values by name in their order: {@link String}, {@link Long}, {@link Double}, {@link Boolean}, or a
 *               {@link List} of one of these
 */
@Stable
public record Example(String id, String text, Map<String, Object> fields) {

    /** Checks that nothing is null; the map is kept as it is and must not be changed. */
    public Example {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(fields, "fields");
    }

    /** Returns a text without fields. */
    public static Example of(String id, String text) {
        return new Example(id, text, Map.of());
    }

    /** Returns a field as text, or nothing where it is not there. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field)).map(String::valueOf);
    }

    /**
     * Returns a field as a number, or nothing where it is not there.
     *
     * @throws IllegalArgumentException naming the row and the field if it is there and is not a number
     */
    public Optional<Double> number(String field) {
        Object value = fields.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        try {
            return Optional.of(Double.valueOf(value.toString().trim()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "row " + id + ": field '" + field + "' is '" + value + "', not a number", e);
        }
    }

    /** Returns a field as a list of texts: a list as it is, a single value as a list of one, nothing as an empty list. */
    public List<String> texts(String field) {
        Object value = fields.get(field);
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(value.toString());
    }
}
