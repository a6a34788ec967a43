package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finite numbers. */
final class DecimalForm implements Form {

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.[0-9]+|(0|[1-9][0-9]*)(\\.[0-9]*)?)([eE][-+]?[0-9]{1,5})?");
    private static final Pattern NOT_FINITE = Pattern.compile("(?i)[-+]?\\.?(inf|infinity|nan)");

    private final boolean isFloat;
    private final Range range;

    DecimalForm(boolean isFloat, Range range) {
        this.isFloat = isFloat;
        this.range = range;
    }

    static Optional<BigDecimal> parse(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    @Override
    public boolean fits(Node node) {
        return resembles(node);
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Scalar scalar
                && scalar.plain()
                && NUMBER.matcher(scalar.text()).matches();
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!resembles(node)) {
            return reading.wrongType(node, this, node instanceof Node.Scalar scalar ? mend(scalar) : "");
        }
        String text = ((Node.Scalar) node).text();
        BigDecimal number = parse(text).orElseThrow();
        double value = isFloat ? number.floatValue() : number.doubleValue();
        if (!Double.isFinite(value)) {
            return reading.refuse(ErrorCode.SPEC_RANGE, node, "is " + text + ", which is too large", "");
        }
        if (!range.contains(number)) {
            String message = "is " + text + ", but must be " + range.words();
            return reading.refuse(ErrorCode.SPEC_RANGE, node, message, "");
        }
        return Optional.of(number.doubleValue() == 0 ? 0.0 : number.doubleValue());
    }

    private static String mend(Node.Scalar scalar) {
        if (!scalar.plain() && NUMBER.matcher(scalar.text()).matches()) {
            return "take the quotes away";
        }
        if (scalar.text().contains("_") && parse(scalar.text().replace("_", "")).isPresent()) {
            return "write " + scalar.text().replace("_", "");
        }
        return NOT_FINITE.matcher(scalar.text()).matches() ? "the number must be finite" : "";
    }

    @Override
    public Object make(Object plain) {
        double number = (Double) plain;
        return isFloat ? (Object) (float) number : (Object) number;
    }

    @Override
    public Object plain(Object value) {
        return value instanceof Float single ? Double.valueOf(single.toString()) : value;
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        Map<String, Object> schema = Schemas.type("number");
        range.describe(schema);
        return schema;
    }

    @Override
    public String example() {
        return range.example().toPlainString();
    }

    @Override
    public Words words() {
        String tail = range.isAll() ? "" : " " + range.words();
        return new Words("a number" + tail, "numbers" + tail);
    }
}
