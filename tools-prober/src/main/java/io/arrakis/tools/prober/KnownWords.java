package io.arrakis.tools.prober;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A data set of words with a number known of each; true counts as 1, false as 0. */
final class KnownWords {

    private KnownWords() {}

    /**
     * Reads the number of each word; words without one are left out, and those whose number is empty or NaN, as tables write what
     * is not known.
     *
     * @throws ArrakisException if a value is not a number or not finite, or a word has two
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
            return switch (example.text(field).orElse("").trim().toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(1.0);
                case "false" -> Optional.of(0.0);
                case "", "nan" -> Optional.empty();
                default -> example.number(field).map(value -> requireFinite(value, example, field));
            };
        } catch (IllegalArgumentException e) {
            throw new ArrakisException(
                    ErrorCode.DATA_ROW, origin, e.getMessage(), "name a field that holds numbers, or true and false");
        }
    }

    private static double requireFinite(double value, Example example, String field) {
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "row " + example.id() + ": field '" + field + "' is infinite, and has no rank among numbers");
        }
        return value;
    }

    /** Says if fewer than half of the words that could be compared are both scored and known. */
    static void warnUnscored(Map<String, Double> known, Set<String> scored, List<String> warnings) {
        List<String> others =
                known.keySet().stream().filter(word -> !scored.contains(word)).toList();
        int both = known.size() - others.size();
        if (2 * both < Math.min(known.size(), scored.size())) {
            warnings.add(both + " of " + known.size() + " words of the truth are scored words; '" + others.get(0)
                    + "' is not: words are spelled as the model's vocabulary spells them");
        }
    }
}
