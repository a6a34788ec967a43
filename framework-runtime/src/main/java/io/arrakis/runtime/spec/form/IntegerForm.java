package io.arrakis.runtime.spec.form;

import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole numbers, some of which count layers. */
final class IntegerForm implements Form {

    private static final Pattern CANONICAL = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern LOOSE = Pattern.compile("[-+]?[0-9][0-9_]*");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,15}");
    private static final Pattern OCTAL = Pattern.compile("0o?[0-7]{1,20}");
    private static final int MOST_DIGITS = 25;

    private final boolean isLong;
    private final Range type;
    private final Range declared;
    private final Optional<LayerKind> layer;

    IntegerForm(boolean isLong, Range range, Optional<LayerKind> layer) {
        this.isLong = isLong;
        this.layer = layer;
        this.type = isLong ? Range.of(Long.MIN_VALUE, Long.MAX_VALUE) : Range.of(Integer.MIN_VALUE, Integer.MAX_VALUE);
        this.declared = layer.isPresent() ? range.atLeast(BigDecimal.ZERO, true) : range;
    }

    @Override
    public boolean fits(Node node) {
        return resembles(node);
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Scalar scalar
                && scalar.plain()
                && CANONICAL.matcher(scalar.text()).matches();
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!resembles(node)) {
            return reading.wrongType(node, this, node instanceof Node.Scalar scalar ? mend(scalar) : "");
        }
        String text = ((Node.Scalar) node).text();
        Optional<Range> broken = text.length() > MOST_DIGITS ? Optional.of(type) : broken(new BigDecimal(text));
        if (broken.isPresent()) {
            String message = "is " + text + ", but must be " + broken.get().words();
            return reading.refuse(ErrorCode.SPEC_RANGE, node, message, "");
        }
        long number = Long.parseLong(text);
        return inModel(number, node, reading) ? Optional.of(number) : Optional.empty();
    }

    private Optional<Range> broken(BigDecimal number) {
        if (!declared.contains(number)) {
            return Optional.of(declared);
        }
        return type.contains(number) ? Optional.empty() : Optional.of(type);
    }

    private boolean inModel(long number, Node node, Reading reading) {
        if (layer.isEmpty() || reading.model().isEmpty()) {
            return true;
        }
        ModelLayers model = reading.model().get();
        int last = layer.get().last(model.nLayers());
        if (number > last) {
            String message = number + ", but " + model.model() + " has " + (last == 0 ? "0 alone" : "0 to " + last);
            reading.refuse(ErrorCode.SPEC_RANGE, node, message, "");
        }
        return number <= last;
    }

    private static String mend(Node.Scalar scalar) {
        if (!scalar.plain()) {
            return CANONICAL.matcher(scalar.text()).matches() ? "take the quotes away" : "";
        }
        return meant(scalar.text()).map(number -> "write " + number).orElse("");
    }

    /** Returns the number that other readers of YAML would see. */
    private static Optional<BigInteger> meant(String text) {
        if (text.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.substring(2), 16));
        }
        if (text.startsWith("0o") && OCTAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.substring(2), 8));
        }
        if (LOOSE.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.replace("_", "").replace("+", "")));
        }
        return DecimalForm.parse(text)
                .filter(number -> number.scale() > -MOST_DIGITS
                        && number.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::toBigIntegerExact);
    }

    @Override
    public Object make(Object plain) {
        long number = (Long) plain;
        return isLong ? (Object) number : (Object) Math.toIntExact(number);
    }

    @Override
    public Object plain(Object value) {
        return ((Number) value).longValue();
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        Map<String, Object> schema = Schemas.type("integer");
        declared.describe(schema);
        return schema;
    }

    @Override
    public String example() {
        return declared.contains(BigDecimal.ONE)
                ? "1"
                : Objects.requireNonNullElse(declared.low(), declared.high()).toPlainString();
    }

    @Override
    public Words words() {
        if (layer.isPresent()) {
            String of = layer.get() == LayerKind.RESIDUAL ? "residual layer" : "block";
            return new Words("the number of a " + of, "numbers of " + of + "s");
        }
        String range = declared.words();
        String tail = range.isEmpty() ? "" : " " + range;
        return new Words("a whole number" + tail, "whole numbers" + tail);
    }
}
