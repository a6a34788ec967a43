package io.arrakis.runtime.plugin;

import java.util.Objects;

/**
 * Something that a plug-in offers under a name.
 *
 * @param name   the name, unique among its kind
 * @param value  what is offered
 * @param origin where it came from
 * @param <T>    the kind
 */
public record Provided<T>(String name, T value, Origin origin) {

    /** Checks that nothing is null. */
    public Provided {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
    }
}
