package io.arrakis.runtime.spec;

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

    /** Reads {@code path=value} of {@code --set}; without {@code =} or path the path is empty, which is refused later. */
    public static Setting set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            return new Setting("--set " + assignment, "", assignment);
        }
        String path = assignment.substring(0, equals);
        return new Setting("--set " + path, path, assignment.substring(equals + 1));
    }

    /** Returns the override that an option of its own stands for, such as {@code --device}. */
    public static Setting option(String option, String path, String value) {
        return new Setting(option, path, value);
    }
}
