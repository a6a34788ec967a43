package io.arrakis.runtime.graph;

import io.arrakis.runtime.result.Json;

/** Values of attributes as text. */
final class Plain {

    private Plain() {}

    /** Returns a value as text; numbers in the shortest digits that read back to the same. */
    static String text(Object value) {
        return value instanceof Double number ? Json.number(number) : value.toString();
    }
}
