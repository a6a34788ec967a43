package io.arrakis.runtime.spec.form;

import java.util.Optional;

/**
 * What people need to know of a parameter.
 *
 * @param name         the key
 * @param type         the type with its range, such as {@code a whole number at least 1}
 * @param description  a sentence; may be empty
 * @param defaultValue the default, as YAML
 * @param required     whether the key must be there
 * @param example      a value to show, as YAML
 */
public record ParameterDescription(
        String name,
        String type,
        String description,
        Optional<String> defaultValue,
        boolean required,
        String example) {}
