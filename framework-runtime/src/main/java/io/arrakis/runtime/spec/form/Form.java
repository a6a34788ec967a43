package io.arrakis.runtime.spec.form;

import io.arrakis.runtime.spec.tree.Node;
import java.util.Map;
import java.util.Optional;

/**
 * How values of one type are written.
 *
 * <p>Between the tree and the Java value stands the <em>plain value</em>: {@link Long}, {@link Double}, {@link Boolean},
 * {@link String}, {@link java.util.List}, {@link java.util.Map} in a fixed order, and the few types of {@link Plain}. It is
 * checked, has its defaults filled in, can be written and hashed, and turns into the Java value without further checks.
 */
interface Form {

    /** Returns whether a value is written in this form in all its parts; decides between the choices of a sealed type. */
    boolean fits(Node node);

    /** Returns whether a value has the outer shape of this form; the choice of a sealed type where none fits. */
    boolean resembles(Node node);

    /**
     * Checks a value that is not a reference, or is one that {@link #takes} says yes to.
     *
     * @return the plain value, or nothing after a problem was reported
     */
    Optional<Object> read(Node node, Reading reading);

    /** Returns whether a reference is itself a value of this form, known before anything runs. */
    default boolean takes(Reference reference) {
        return false;
    }

    /** Turns a plain value without late references into the Java value. */
    Object make(Object plain);

    /** Turns a Java value into its plain value, the inverse of {@link #make}. */
    Object plain(Object value);

    /**
     * Returns the JSON Schema of values that are not themselves references.
     *
     * @param references whether references may stand in the place of parts of the value
     */
    Map<String, Object> schema(boolean references);

    /** Returns a value that could stand in an experiment, as YAML on one line. */
    String example();

    /** Returns words for messages and help. */
    Words words();

    /**
     * Words for a type.
     *
     * @param one  such as {@code a whole number}
     * @param many such as {@code whole numbers}
     */
    record Words(String one, String many) {}
}
