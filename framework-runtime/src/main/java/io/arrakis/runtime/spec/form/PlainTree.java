package io.arrakis.runtime.spec.form;

import io.arrakis.api.operation.Inline;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.SnakeCase;
import io.arrakis.runtime.spec.tree.Node;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns trees without a declared type into values, and values into trees. */
final class PlainTree {

    private PlainTree() {}

    /** Returns a tree as maps, lists, texts and what YAML 1.2 takes for numbers and booleans. */
    static Object of(Node node) {
        if (node instanceof Node.Mapping map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
            return values;
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream().map(PlainTree::of).toList();
        }
        return of((Node.Scalar) node);
    }

    private static Object of(Node.Scalar scalar) {
        if (new IntegerForm(true, Range.ALL, Optional.empty()).fits(scalar)) {
            return new BigDecimal(scalar.text()).longValue();
        }
        if (new DecimalForm(false, Range.ALL).fits(scalar)) {
            return Double.valueOf(scalar.text());
        }
        return new BooleanForm().fits(scalar) ? (Object) Boolean.valueOf(scalar.text()) : scalar.text();
    }

    /**
     * Returns a value of a result as a tree: what a person would have written in its place.
     *
     * @throws IllegalArgumentException for values that have no written form, such as tables
     */
    static Node node(Object value, SourceLocation at) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> put(entries, String.valueOf(key), entry, at));
            return new Node.Mapping(at, entries);
        }
        if (value instanceof List<?> list) {
            return new Node.Sequence(
                    at, list.stream().map(item -> node(item, at)).toList());
        }
        if (value instanceof Record parts) {
            return record(parts, at);
        }
        if (value instanceof Optional<?> maybe) {
            return node(maybe.orElseThrow(() -> new IllegalArgumentException("it is empty")), at);
        }
        return scalar(value, at);
    }

    private static Node scalar(Object value, SourceLocation at) {
        if (value instanceof Enum<?> constant) {
            return new Node.Scalar(at, SnakeCase.of(constant.name()), true);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return new Node.Scalar(at, value.toString(), true);
        }
        if (value instanceof String text) {
            return new Node.Scalar(at, text.replace("${", "$${"), false);
        }
        throw new IllegalArgumentException(
                "it is " + (value == null ? "null" : value.getClass().getSimpleName())
                        + ", which cannot stand in an experiment");
    }

    private static Node record(Record parts, SourceLocation at) {
        RecordComponent[] components = parts.getClass().getRecordComponents();
        List<Object> values = new RecordClass(parts.getClass()).components(parts);
        if (parts.getClass().isAnnotationPresent(Inline.class) && values.size() == 1) {
            return node(values.get(0), at);
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i < components.length; i++) {
            if (!Optional.empty().equals(values.get(i))) {
                put(entries, SnakeCase.of(components[i].getName()), values.get(i), at);
            }
        }
        return new Node.Mapping(at, entries);
    }

    private static void put(Map<String, Node.Entry> entries, String key, Object value, SourceLocation at) {
        entries.put(key, new Node.Entry(new Node.Scalar(at, key, true), node(value, at)));
    }
}
