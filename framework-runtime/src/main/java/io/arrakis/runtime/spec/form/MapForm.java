package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Mappings from names that the user chooses to values of one form. */
final class MapForm implements Form {

    private final Form value;
    private final Range size;

    MapForm(Form value, Range size) {
        this.value = value;
        this.size = size;
    }

    @Override
    public boolean fits(Node node) {
        return node instanceof Node.Mapping map
                && map.entries().values().stream().allMatch(entry -> value.fits(entry.value()));
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Mapping;
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!(node instanceof Node.Mapping map)) {
            return reading.wrongType(node, this, "");
        }
        int count = map.entries().size();
        if (!size.contains(BigDecimal.valueOf(count))) {
            String message = "has " + count + " keys, but must have " + size.words();
            return reading.refuse(ErrorCode.SPEC_RANGE, node, message, "");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        reading.part(key).read(value, entry.value()).ifPresent(plain -> values.put(key, plain)));
        return values.size() == count ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
    }

    @Override
    public Object make(Object plain) {
        return each((Map<?, ?>) plain, value::make);
    }

    @Override
    public Object plain(Object made) {
        return each((Map<?, ?>) made, value::plain);
    }

    private static Map<String, Object> each(Map<?, ?> map, UnaryOperator<Object> change) {
        Map<String, Object> changed = new LinkedHashMap<>();
        map.forEach((key, entry) -> changed.put((String) key, change.apply(entry)));
        return Collections.unmodifiableMap(changed);
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        Map<String, Object> schema = Schemas.type("object");
        schema.put("additionalProperties", Schemas.of(value, references));
        schema.putAll(size.sizes("Properties"));
        return schema;
    }

    @Override
    public String example() {
        return "{name: " + value.example() + "}";
    }

    @Override
    public Words words() {
        String many = value.words().many();
        return new Words("a mapping from names to " + many, "mappings from names to " + many);
    }
}
