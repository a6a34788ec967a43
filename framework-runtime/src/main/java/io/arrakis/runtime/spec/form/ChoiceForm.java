package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.plugin.SnakeCase;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The constants of an enum, in snake case. */
final class ChoiceForm implements Form {

    private final Map<String, Object> choices = new LinkedHashMap<>();

    ChoiceForm(Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            choices.put(SnakeCase.of(((Enum<?>) constant).name()), constant);
        }
    }

    @Override
    public boolean fits(Node node) {
        return node instanceof Node.Scalar scalar && choices.containsKey(scalar.text());
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Scalar;
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isNothing()) {
            return reading.wrongType(node, this, "");
        }
        if (!fits(node)) {
            String mend = Suggestions.mend(scalar.text(), choices.keySet(), "choices");
            return reading.refuse(ErrorCode.SPEC_CHOICE, node, "cannot be " + node.words(), mend);
        }
        return Optional.of(scalar.text());
    }

    @Override
    public Object make(Object plain) {
        return choices.get((String) plain);
    }

    @Override
    public Object plain(Object value) {
        return SnakeCase.of(((Enum<?>) value).name());
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        return Map.of("enum", List.copyOf(choices.keySet()));
    }

    @Override
    public String example() {
        return choices.keySet().iterator().next();
    }

    @Override
    public Words words() {
        String names = String.join(", ", choices.keySet());
        return new Words("one of " + names, "words out of " + names);
    }
}
