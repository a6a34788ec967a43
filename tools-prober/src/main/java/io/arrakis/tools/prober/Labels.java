package io.arrakis.tools.prober;

import io.arrakis.api.data.Example;
import java.util.Locale;
import java.util.Optional;

/** Labels of rows, as tables write them: {@code true} or {@code false} in any case, {@code 1} or {@code 0}. */
final class Labels {

    private Labels() {}

    /** Returns the label of a row; empty if the field is not there or says something else. */
    static Optional<Boolean> read(Example example, String field) {
        return switch (example.text(field).orElse("").trim().toLowerCase(Locale.ROOT)) {
            case "true", "1", "1.0" -> Optional.of(true);
            case "false", "0", "0.0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
