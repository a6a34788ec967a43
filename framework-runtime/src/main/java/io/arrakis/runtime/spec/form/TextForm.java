package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Texts, as they were written: {@code no}, {@code on} and {@code 012} are words. */
final class TextForm implements Form {

    private final Constraints constraints;

    TextForm(Constraints constraints) {
        this.constraints = constraints;
    }

    @Override
    public boolean fits(Node node) {
        return node instanceof Node.Scalar scalar && !scalar.isNothing() && !Reference.looksLike(scalar.text());
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Scalar;
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!(node instanceof Node.Scalar scalar)) {
            return reading.wrongType(
                    node, this, "put quotes around a text that begins with a bracket or has ': ' in it");
        }
        if (scalar.isNothing()) {
            boolean mayBeEmpty = constraints.blank() && constraints.size().contains(BigDecimal.ZERO);
            return reading.wrongType(node, this, mayBeEmpty ? "write \"\" for an empty text" : "");
        }
        String text = scalar.text().replace("$${", "${");
        return allowed(text, node, reading) ? Optional.of(text) : Optional.empty();
    }

    private boolean allowed(String text, Node node, Reading reading) {
        int length = text.codePointCount(0, text.length());
        if (!constraints.blank() && text.isBlank()) {
            reading.refuse(ErrorCode.SPEC_RANGE, node, "is blank", "");
            return false;
        }
        if (!constraints.size().contains(BigDecimal.valueOf(length))) {
            String words = "has " + length + " characters, but must have "
                    + constraints.size().words();
            reading.refuse(ErrorCode.SPEC_RANGE, node, words, "");
            return false;
        }
        Optional<Constraints.TextPattern> unmet =
                constraints.pattern().filter(pattern -> !text.matches(pattern.regular()));
        unmet.ifPresent(pattern -> reading.refuse(
                ErrorCode.SPEC_CHOICE, node, "cannot be " + node.words(), "write " + pattern.sentence()));
        return unmet.isEmpty();
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
        Map<String, Object> schema = Schemas.type(List.of("string", "number", "boolean", "null"));
        schema.putAll(constraints.size().sizes("Length"));
        constraints.pattern().ifPresent(pattern -> schema.put("pattern", "^(?:" + pattern.regular() + ")$"));
        return schema;
    }

    @Override
    public String example() {
        return "a text";
    }

    @Override
    public Words words() {
        String one =
                constraints.pattern().map(Constraints.TextPattern::sentence).orElse("a text");
        return new Words(one, "texts");
    }
}
