package io.arrakis.tools.prober;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A data set of words with a number known of each; true counts as 1, false as 0. */
final class KnownWords {

    private KnownWords() {}

    /**
     * Reads the number of each word; words without one are left out.
     *
     * @throws ArrakisException if a value is not a number, or a word has two
     */
    static Map<String, Double> read(Dataset words, String field, String origin) {
        Map<String, Double> known = new LinkedHashMap<>();
        for (Example example : words) {
            number(example, field, origin).ifPresent(value -> {
                Double before = known.put(example.text(), value);
                if (before != null && !before.equals(value)) {
                    throw new ArrakisException(
                            ErrorCode.DATA_ROW,
                            origin,
                            "row " + example.id() + ": '" + example.text() + "' has the " + field + " " + value
                                    + ", and " + before + " in an earlier row",
                            "keep one row a word");
                }
            });
        }
        return known;
    }

    private static Optional<Double> number(Example example, String field, String origin) {
        try {
            return switch (example.text(field).orElse("").trim()) {
                case "true" -> Optional.of(1.0);
                case "false" -> Optional.of(0.0);
                default -> example.number(field);
            };
        } catch (IllegalArgumentException e) {
            throw new ArrakisException(
                    ErrorCode.DATA_ROW, origin, e.getMessage(), "name a field that holds numbers, or true and false");
        }
    }
}
