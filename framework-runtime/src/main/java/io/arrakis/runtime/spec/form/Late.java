package io.arrakis.runtime.spec.form;

import io.arrakis.runtime.spec.tree.Node;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Finds and fills in parts of results that do not exist yet. */
final class Late {

    private Late() {}

    /** Returns whether a plain value has such a part somewhere. */
    static boolean in(Object plain) {
        return !references(plain).isEmpty();
    }

    /** Returns the parts that a plain value is waiting for. */
    static Set<Reference> references(Object plain) {
        Set<Reference> found = new LinkedHashSet<>();
        collect(plain, found);
        return found;
    }

    private static void collect(Object plain, Set<Reference> found) {
        if (plain instanceof Map<?, ?> map) {
            map.values().forEach(value -> collect(value, found));
        } else if (plain instanceof Collection<?> list) {
            list.forEach(value -> collect(value, found));
        } else if (plain instanceof Plain.Chosen chosen) {
            collect(chosen.value(), found);
        } else if (plain instanceof Plain.Late late) {
            found.add(late.reference());
        }
    }

    /** Returns a tree in which references are replaced. */
    static Node replace(Node node, Set<Reference> late, BiFunction<Reference, Node, Node> value) {
        if (node instanceof Node.Mapping map) {
            return replaceIn(map, late, value);
        }
        if (node instanceof Node.Sequence list) {
            return new Node.Sequence(
                    list.location(),
                    list.items().stream()
                            .map(item -> replace(item, late, value))
                            .toList());
        }
        Optional<Reference> reference =
                Reference.parse(((Node.Scalar) node).text()).filter(late::contains);
        return reference.isPresent() ? value.apply(reference.get(), node) : node;
    }

    static Node.Mapping replaceIn(Node.Mapping map, Set<Reference> late, BiFunction<Reference, Node, Node> value) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        entries.put(key, new Node.Entry(entry.key(), replace(entry.value(), late, value))));
        return new Node.Mapping(map.location(), entries);
    }
}
