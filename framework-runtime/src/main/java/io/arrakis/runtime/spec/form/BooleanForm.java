package io.arrakis.runtime.spec.form;

import io.arrakis.runtime.spec.tree.Node;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** True or false, by those words alone. */
final class BooleanForm implements Form {

    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> YES = Set.of("yes", "on", "y", "1");
    private static final Set<String> NO = Set.of("no", "off", "n", "0");

    @Override
    public boolean fits(Node node) {
        return resembles(node);
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Scalar scalar && scalar.plain() && isTrueOrFalse(scalar.text());
    }

    private static boolean isTrueOrFalse(String text) {
        return TRUE.contains(text) || FALSE.contains(text);
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!resembles(node)) {
            return reading.wrongType(node, this, node instanceof Node.Scalar scalar ? mend(scalar) : "");
        }
        return Optional.of(TRUE.contains(((Node.Scalar) node).text()));
    }

    private static String mend(Node.Scalar scalar) {
        if (!scalar.plain() && isTrueOrFalse(scalar.text())) {
            return "take the quotes away";
        }
        String word = scalar.text().toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return "write true";
        }
        return NO.contains(word) ? "write false" : "";
    }

    @Override
    public Object make(Object plain) {
        return plain;
    }

    @Override
    public Object plain(Object value) {
        return value;
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        return Schemas.type("boolean");
    }

    @Override
    public String example() {
        return "true";
    }

    @Override
    public Words words() {
        return new Words("true or false", "trues or falses");
    }
}
