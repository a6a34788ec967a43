package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers for people; the files have every digit. */
final class Numbers {

    private static final double LARGE = 1e6;
    private static final double SMALL = 1e-3;

    private Numbers() {}

    /** Returns a number with three significant digits, whole numbers with all of theirs. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "not defined";
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGE) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double size = Math.abs(value);
        if (size < SMALL || size >= LARGE) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** Returns whether a node is an estimate: a value with the ends of its interval. */
    static boolean isEstimate(JsonNode node) {
        return node.isObject() && node.size() == 3 && node.has("value") && node.has("low") && node.has("high");
    }

    /** Returns the number of a node that is a number or an estimate; nothing where it is not defined. */
    static OptionalDouble value(JsonNode node) {
        JsonNode number = isEstimate(node) ? node.get("value") : node;
        return number.isNumber() ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    /** Returns the interval of an estimate, or the empty string. */
    static String interval(JsonNode node) {
        if (!isEstimate(node) || !node.get("low").isNumber()) {
            return "";
        }
        return "[" + text(node.get("low").doubleValue()) + ", "
                + text(node.get("high").doubleValue()) + "]";
    }

    /** Returns a value of a result as text. */
    static String any(JsonNode node) {
        if (node.isNull()) {
            return "not defined";
        }
        if (node.isNumber() || isEstimate(node)) {
            String number = value(node).isPresent() ? text(value(node).getAsDouble()) : "not defined";
            String interval = interval(node);
            return interval.isEmpty() ? number : number + " " + interval;
        }
        return node.asText();
    }
}
