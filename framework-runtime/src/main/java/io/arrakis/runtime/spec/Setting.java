package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.Objects;

/**
 * A value that the command line puts over the file's, whatever the file's is.
 *
 * @param origin what stands as the place of every problem, such as {@code --set steps.senses.with.k_neighbors}
 * @param path   where it goes: keys joined by dots, with indices for lists
 * @param value  the value as YAML on one line
 */
public record Setting(String origin, String path, String value) {

    /** Checks that nothing is null. */
    public Setting {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads {@code path=value} of {@code --set}.
     *
     * @throws ArrakisException with {@code USAGE} where there is no {@code =} or no path
     */
    public static Setting set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new ArrakisException(
                    ErrorCode.USAGE,
                    "--set " + assignment,
                    "a path and a value must stand here",
                    "write --set path.to.key=value, such as --set seed=3");
        }
        String path = assignment.substring(0, equals).trim();
        return new Setting("--set " + path, path, assignment.substring(equals + 1));
    }

    /** Returns the override that an option of its own stands for, such as {@code --device}. */
    public static Setting option(String option, String path, String value) {
        return new Setting(option, path, value);
    }
}
