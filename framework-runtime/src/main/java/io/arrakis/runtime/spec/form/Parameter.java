package io.arrakis.runtime.spec.form;

import io.arrakis.api.data.DataRef;
import java.util.Optional;

/**
 * One component of a record, as a key of an experiment.
 *
 * @param name         the key
 * @param type         the type of the component
 * @param form         how it is written; of what is inside, where the type is an {@link Optional}
 * @param optional     whether the type is an {@link Optional}
 * @param defaultValue the default as YAML
 * @param description  a sentence for people; may be empty
 * @param example      a value to show, as YAML
 */
record Parameter(
        String name,
        Class<?> type,
        Form form,
        boolean optional,
        Optional<String> defaultValue,
        String description,
        Optional<String> example) {

    /** Returns whether the key must be there. A data set need not where the experiment has only one. */
    boolean required() {
        return !optional && defaultValue.isEmpty() && type != DataRef.class;
    }

    /** Returns a value to show, as YAML. */
    String shownExample() {
        return example.or(() -> defaultValue).orElseGet(this::madeUp);
    }

    /** A data set is called as the parameter is, so that several do not look like one. */
    private String madeUp() {
        return form instanceof DataForm ? "\"${data." + name + "}\"" : form.example();
    }

    Object make(Object plain) {
        if (optional) {
            return Optional.ofNullable(plain).map(form::make);
        }
        return form.make(plain);
    }

    /** Returns the plain value, or null for an empty {@link Optional}. */
    Object plain(Object value) {
        return value instanceof Optional<?> maybe ? maybe.map(form::plain).orElse(null) : form.plain(value);
    }
}
