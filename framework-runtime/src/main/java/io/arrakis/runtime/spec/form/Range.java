package io.arrakis.runtime.spec.form;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The numbers, or the sizes, that are allowed.
 *
 * @param low           the smallest, or null for none
 * @param lowInclusive  whether the smallest itself is allowed
 * @param high          the largest, or null for none
 * @param highInclusive whether the largest itself is allowed
 */
record Range(BigDecimal low, boolean lowInclusive, BigDecimal high, boolean highInclusive) {

    static final Range ALL = new Range(null, true, null, true);

    static Range of(long low, long high) {
        return new Range(BigDecimal.valueOf(low), true, BigDecimal.valueOf(high), true);
    }

    Range atLeast(BigDecimal bound, boolean inclusive) {
        return low == null || bound.compareTo(low) > 0 || (bound.compareTo(low) == 0 && !inclusive)
                ? new Range(bound, inclusive, high, highInclusive)
                : this;
    }

    Range atMost(BigDecimal bound, boolean inclusive) {
        return high == null || bound.compareTo(high) < 0 || (bound.compareTo(high) == 0 && !inclusive)
                ? new Range(low, lowInclusive, bound, inclusive)
                : this;
    }

    boolean contains(BigDecimal number) {
        int fromLow = low == null ? 1 : number.compareTo(low);
        int fromHigh = high == null ? -1 : number.compareTo(high);
        return (fromLow > 0 || (fromLow == 0 && lowInclusive)) && (fromHigh < 0 || (fromHigh == 0 && highInclusive));
    }

    boolean isAll() {
        return low == null && high == null;
    }

    /** Returns a number that is allowed, a small round one where there is one. */
    BigDecimal example() {
        return Stream.of(new BigDecimal("0.5"), BigDecimal.ONE, BigDecimal.TEN, low, high)
                .filter(number -> number != null && contains(number))
                .findFirst()
                .orElseGet(() -> low == null || high == null
                        ? BigDecimal.ZERO
                        : low.add(high).divide(BigDecimal.valueOf(2)));
    }

    /** Returns words such as {@code from 0 to 1} or {@code more than 0}; empty where everything is allowed. */
    String words() {
        if (low != null && high != null && lowInclusive && highInclusive) {
            return low.compareTo(high) == 0 ? text(low) : "from " + text(low) + " to " + text(high);
        }
        String from = low == null ? "" : (lowInclusive ? "at least " : "more than ") + text(low);
        String to = high == null ? "" : (highInclusive ? "at most " : "less than ") + text(high);
        return from.isEmpty() || to.isEmpty() ? from + to : from + " and " + to;
    }

    /** Adds {@code minimum}, {@code exclusiveMaximum} and so on. */
    void describe(Map<String, Object> schema) {
        if (low != null) {
            schema.put(lowInclusive ? "minimum" : "exclusiveMinimum", number(low));
        }
        if (high != null) {
            schema.put(highInclusive ? "maximum" : "exclusiveMaximum", number(high));
        }
    }

    /** Returns {@code minItems}, {@code maxProperties} and so on for a range of sizes. */
    Map<String, Object> sizes(String suffix) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        if (low != null && low.signum() > 0) {
            sizes.put("min" + suffix, number(low));
        }
        if (high != null) {
            sizes.put("max" + suffix, number(high));
        }
        return sizes;
    }

    private static Object number(BigDecimal number) {
        BigDecimal plain = Objects.requireNonNull(number).stripTrailingZeros();
        return plain.scale() <= 0 ? (Object) plain.longValueExact() : (Object) plain.doubleValue();
    }

    private static String text(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
