package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists of values of one form. */
final class ListForm implements Form {

    private final Form item;
    private final Range size;

    ListForm(Form item, Range size) {
        this.item = item;
        this.size = size;
    }

    @Override
    public boolean fits(Node node) {
        return node instanceof Node.Sequence list && list.items().stream().allMatch(item::fits);
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Sequence;
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!(node instanceof Node.Sequence list)) {
            boolean one = node instanceof Node.Scalar scalar && !scalar.isNothing() && item.fits(node);
            return reading.wrongType(node, this, one ? "write [" + ((Node.Scalar) node).text() + "]" : "");
        }
        int count = list.items().size();
        if (!size.contains(BigDecimal.valueOf(count))) {
            String message = "has " + count + (count == 1 ? " entry" : " entries") + ", but must have " + size.words();
            return reading.refuse(ErrorCode.SPEC_RANGE, node, message, "");
        }
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            reading.item(i).read(item, list.items().get(i)).ifPresent(values::add);
        }
        return values.size() == count ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    @Override
    public Object make(Object plain) {
        return ((List<?>) plain).stream().map(item::make).toList();
    }

    @Override
    public Object plain(Object value) {
        return ((List<?>) value).stream().map(item::plain).toList();
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        Map<String, Object> schema = Schemas.type("array");
        schema.put("items", Schemas.of(item, references));
        schema.putAll(size.sizes("Items"));
        return schema;
    }

    @Override
    public String example() {
        int count = size.low() == null ? 1 : Math.max(1, size.low().intValue());
        return "[" + String.join(", ", Collections.nCopies(count, item.example())) + "]";
    }

    @Override
    public Words words() {
        String many = item.words().many();
        return new Words("a list of " + many, "lists of " + many);
    }
}
