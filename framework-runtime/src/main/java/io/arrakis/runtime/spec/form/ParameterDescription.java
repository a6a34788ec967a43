package io.arrakis.runtime.spec.form;

import java.util.Optional;

/**
 * What people need to know of a parameter.
 *
 * @param name         the key
 * @param type         the type with its range, such as {@code a whole number at least 1}
 * @param description  a sentence; may be empty
 * @param defaultValue the default, as YAML
 * @param demand       whether the key must be there
 * @param example      a value to show, as YAML
 */
public record ParameterDescription(
        String name, String type, String description, Optional<String> defaultValue, Demand demand, String example) {

    /** Whether a key must be there. */
    public enum Demand {
        /** Always. */
        REQUIRED,
        /** Unless the experiment has one data set alone, which is then meant. */
        REQUIRED_AMONG_DATA_SETS,
        /** Never. */
        OPTIONAL
    }

    /** Returns whether an example should show the key, since there are experiments that need it. */
    public boolean needed() {
        return demand != Demand.OPTIONAL;
    }
}
