package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * A column of a table.
 *
 * @param name        lower case with underscores; the CSV header
 * @param type        what its cells are
 * @param description one sentence for the reader of the report; may be empty
 */
@Stable
public record Column(String name, ColumnType type, String description) {

    /** Checks that nothing is null or blank. */
    public Column {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(description, "description");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }
}
