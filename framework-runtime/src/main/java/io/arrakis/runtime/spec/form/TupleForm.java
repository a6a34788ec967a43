package io.arrakis.runtime.spec.form;

import io.arrakis.runtime.spec.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Records of several components, written as the list of their values in order, or as a mapping with their names. */
final class TupleForm implements Form {

    private final RecordForm named;

    TupleForm(RecordForm named) {
        this.named = named;
    }

    @Override
    public boolean fits(Node node) {
        if (!(node instanceof Node.Sequence list) || list.items().size() != size()) {
            return named.fits(node);
        }
        List<Parameter> parameters = named.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (!parameters.get(i).form().fits(list.items().get(i))) {
                return false;
            }
        }
        return true;
    }

    private int size() {
        return named.parameters().size();
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Sequence || named.resembles(node);
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (node instanceof Node.Mapping map) {
            return named.read(map, reading).map(TupleForm::inOrder);
        }
        if (!(node instanceof Node.Sequence list) || list.items().size() != size()) {
            return reading.wrongType(node, this, node instanceof Node.Sequence list ? count(list) : "");
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            Node item = list.items().get(i);
            String name = named.parameters().get(i).name();
            entries.put(name, new Node.Entry(new Node.Scalar(item.location(), name, true), item));
        }
        return named.read(new Node.Mapping(list.location(), entries), reading).map(TupleForm::inOrder);
    }

    private static Object inOrder(Object plain) {
        return List.copyOf(((Map<?, ?>) plain).values());
    }

    private String count(Node.Sequence list) {
        int count = list.items().size();
        return "it has " + count + (count == 1 ? " value" : " values") + " and needs " + size();
    }

    @Override
    public Object make(Object plain) {
        List<?> values = (List<?>) plain;
        Map<String, Object> byName = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            byName.put(named.parameters().get(i).name(), values.get(i));
        }
        return named.make(byName);
    }

    @Override
    public Object plain(Object value) {
        return inOrder(named.plain(value));
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        List<Map<String, Object>> items = new ArrayList<>();
        named.parameters().forEach(parameter -> items.add(Schemas.of(parameter.form(), references)));
        Map<String, Object> list = Schemas.type("array");
        list.put("prefixItems", items);
        list.put("minItems", size());
        list.put("maxItems", size());
        return Schemas.anyOf(List.of(list, named.schema(references)));
    }

    @Override
    public String example() {
        return named.parameters().stream().map(Parameter::shownExample).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public Words words() {
        String names = named.parameters().stream().map(Parameter::name).collect(Collectors.joining(", ", "[", "]"));
        return new Words("a list " + names, "lists " + names);
    }
}
