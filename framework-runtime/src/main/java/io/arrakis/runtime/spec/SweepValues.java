package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the values that one path of a sweep takes: written out, as a range, or drawn. */
final class SweepValues {

    /** More trials than this are a mistake. */
    static final int MOST = 100_000;

    private static final String RANGE = "range";
    private static final List<String> DRAWS = List.of("choice", "int", "uniform", "log_uniform");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?");
    /** What is drawn differs from its neighbours in one part of a million of its interval, or of itself. */
    private static final int DRAWN_DIGITS = 6;

    private final ProblemLog log;

    SweepValues(ProblemLog log) {
        this.log = log;
    }

    /** Returns the values of a list or of {@code {range: [first, last]}}; nothing after a problem was reported. */
    List<Node> listed(SweepPath path, Node node) {
        if (node instanceof Node.Sequence list) {
            if (list.items().isEmpty()) {
                refuse(ErrorCode.SPEC_RANGE, node, path.text() + " has no values", "write at least one");
            }
            return list.items();
        }
        Optional<Node> range =
                node instanceof Node.Mapping map && map.entries().size() == 1 ? map.get(RANGE) : Optional.empty();
        if (range.isEmpty()) {
            refuse(
                    ErrorCode.SPEC_TYPE,
                    node,
                    path.text() + " must be a list of values or {range: [first, last]}, not " + node.words(),
                    "write [a, b, c]");
            return List.of();
        }
        return range(path, range.get());
    }

    private List<Node> range(SweepPath path, Node node) {
        Optional<List<BigDecimal>> ends = numbers(node, 2, 3);
        if (ends.isEmpty()) {
            refuse(
                    ErrorCode.SPEC_TYPE,
                    node,
                    "the range of " + path.text() + " must be numbers: [first, last] or [first, last, step]",
                    "both ends belong to it: [1, 5] is 1, 2, 3, 4, 5");
            return List.of();
        }
        BigDecimal first = ends.get().get(0);
        BigDecimal last = ends.get().get(1);
        BigDecimal step = ends.get().size() == 3 ? ends.get().get(2) : BigDecimal.ONE;
        boolean tooMany = step.signum() > 0
                && last.subtract(first).divideToIntegralValue(step).compareTo(BigDecimal.valueOf(MOST)) >= 0;
        if (step.signum() <= 0 || last.compareTo(first) < 0 || tooMany) {
            refuse(
                    ErrorCode.SPEC_RANGE,
                    node,
                    tooMany
                            ? "the range of " + path.text() + " has more than " + MOST + " values"
                            : "the range of " + path.text() + " has no values",
                    "the last must not be below the first, and the step must be above 0");
            return List.of();
        }
        List<Node> values = new ArrayList<>();
        for (BigDecimal value = first; value.compareTo(last) <= 0; value = value.add(step)) {
            values.add(scalar(node.location(), value));
        }
        return values;
    }

    /** Returns so many values drawn as {@code {uniform: [low, high]}} says; nothing after a problem was reported. */
    List<Node> drawn(SweepPath path, Node node, int samples, SeededRandom random) {
        if (!(node instanceof Node.Mapping map) || map.entries().size() != 1) {
            refuse(
                    ErrorCode.SPEC_TYPE,
                    node,
                    path.text() + " must say how it is drawn, such as {int: [1, 10]}, not " + node.words(),
                    "ways: " + String.join(", ", DRAWS));
            return List.of();
        }
        Map.Entry<String, Node.Entry> way = map.entries().entrySet().iterator().next();
        Node given = way.getValue().value();
        return switch (way.getKey()) {
            case "choice" -> choice(path, given, samples, random);
            case "int" -> ints(path, given, samples, random);
            case "uniform" -> uniform(path, given, samples, random, false);
            case "log_uniform" -> uniform(path, given, samples, random, true);
            default -> {
                refuse(
                        ErrorCode.SPEC_UNKNOWN_KEY,
                        way.getValue().key(),
                        "there is no way '" + way.getKey() + "' to draw " + path.text(),
                        Suggestions.mend(way.getKey(), DRAWS, "ways"));
                yield List.of();
            }
        };
    }

    private List<Node> choice(SweepPath path, Node node, int samples, SeededRandom random) {
        List<Node> among = listed(path, node);
        List<Node> values = new ArrayList<>();
        for (int i = 0; i < samples && !among.isEmpty(); i++) {
            values.add(among.get(random.nextInt(among.size())));
        }
        return values;
    }

    private List<Node> ints(SweepPath path, Node node, int samples, SeededRandom random) {
        Optional<List<BigDecimal>> ends = ends(path, node);
        boolean whole = ends.isPresent() && ends.get().stream().allMatch(SweepValues::isWhole);
        if (ends.isPresent() && !whole) {
            refuse(
                    ErrorCode.SPEC_TYPE,
                    node,
                    path.text() + " must be drawn from whole numbers",
                    "use uniform for others");
        }
        List<Node> values = new ArrayList<>();
        for (int i = 0; i < samples && whole; i++) {
            long low = ends.get().get(0).longValueExact();
            long count = ends.get().get(1).longValueExact() - low + 1;
            values.add(scalar(node.location(), BigDecimal.valueOf(low + random.nextLong(count))));
        }
        return values;
    }

    private static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(BigDecimal.valueOf(1L << 53)) <= 0;
    }

    private List<Node> uniform(SweepPath path, Node node, int samples, SeededRandom random, boolean logarithmic) {
        Optional<List<BigDecimal>> ends = ends(path, node);
        if (ends.isPresent() && logarithmic && ends.get().get(0).signum() <= 0) {
            refuse(
                    ErrorCode.SPEC_RANGE,
                    node,
                    path.text() + " is drawn by its logarithm from numbers above 0 only",
                    "");
            return List.of();
        }
        List<Node> values = new ArrayList<>();
        for (int i = 0; i < samples && ends.isPresent(); i++) {
            BigDecimal low = ends.get().get(0);
            BigDecimal high = ends.get().get(1);
            double at = random.nextDouble();
            values.add(scalar(node.location(), logarithmic ? logarithmic(low, high, at) : between(low, high, at)));
        }
        return values;
    }

    private static BigDecimal between(BigDecimal low, BigDecimal high, double at) {
        BigDecimal width = high.subtract(low);
        return rounded(low.add(width.multiply(new BigDecimal(at))), low, high);
    }

    private static BigDecimal logarithmic(BigDecimal low, BigDecimal high, double at) {
        double ratio = high.divide(low, MathContext.DECIMAL64).doubleValue();
        return rounded(low.multiply(new BigDecimal(StrictMath.pow(ratio, at))), low, high);
    }

    /** Six digits, and more where the interval is so narrow that they would all be the same. */
    private static BigDecimal rounded(BigDecimal value, BigDecimal low, BigDecimal high) {
        int digits = DRAWN_DIGITS;
        BigDecimal width = high.subtract(low);
        if (value.signum() != 0 && width.signum() != 0) {
            digits += Math.max(0, exponent(value) - exponent(width));
        }
        return value.round(new MathContext(digits)).max(low).min(high);
    }

    /** The power of ten of the first digit. */
    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale();
    }

    private Optional<List<BigDecimal>> ends(SweepPath path, Node node) {
        Optional<List<BigDecimal>> ends = numbers(node, 2, 2);
        if (ends.isEmpty() || ends.get().get(0).compareTo(ends.get().get(1)) > 0) {
            refuse(
                    ErrorCode.SPEC_RANGE,
                    node,
                    path.text() + " must be drawn between two numbers, the lower one first",
                    "write [low, high]");
            return Optional.empty();
        }
        return ends;
    }

    private static Optional<List<BigDecimal>> numbers(Node node, int fewest, int most) {
        if (!(node instanceof Node.Sequence list)
                || list.items().size() < fewest
                || list.items().size() > most) {
            return Optional.empty();
        }
        List<BigDecimal> numbers = new ArrayList<>();
        for (Node item : list.items()) {
            if (!(item instanceof Node.Scalar scalar)
                    || !NUMBER.matcher(scalar.text()).matches()) {
                return Optional.empty();
            }
            numbers.add(new BigDecimal(scalar.text()));
        }
        return Optional.of(numbers);
    }

    private static Node scalar(SourceLocation place, BigDecimal value) {
        return new Node.Scalar(place, value.toPlainString(), true);
    }

    private void refuse(ErrorCode code, Node place, String message, String mend) {
        log.error(code, place.location(), message, mend);
    }
}
