package io.arrakis.runtime.spec;

import io.arrakis.runtime.spec.tree.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What was written, as plain values and as text on one line. */
final class SweepText {

    private SweepText() {}

    /** Returns texts, lists and maps. */
    static Object plain(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream().map(SweepText::plain).toList();
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        ((Node.Mapping) node).entries().forEach((key, entry) -> plain.put(key, plain(entry.value())));
        return plain;
    }

    /** Returns a value as a person would write it into a cell. */
    static String line(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream().map(SweepText::line).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((Node.Mapping) node)
                .entries().entrySet().stream()
                        .map(entry ->
                                entry.getKey() + ": " + line(entry.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
