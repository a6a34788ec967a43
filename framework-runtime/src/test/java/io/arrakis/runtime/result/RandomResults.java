package io.arrakis.runtime.result;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.MayBeUndefined;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Results of every kind of shape, with values that files like to spoil. */
final class RandomResults {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "with, comma",
            "quote \" inside",
            "line\nbreak",
            "carriage\r\nreturn",
            "\ttab ",
            "ünïcödé \uD83D\uDE00",
            "null",
            "NaN",
            "\\u0041 \\",
            "control \u0001\u0000\u007f",
            "<xml> & 'more'",
            "\u2028\ufffe",
            "-0.0",
            "#comment");
    private static final double[] NUMBERS = {
        0.0, -0.0, 1, -1, 0.1, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 2.0E-3, 1e7, 123456789.125, 1.0 / 3
    };

    private final SeededRandom random;

    RandomResults(long seed) {
        this.random = SeededRandom.of(seed, "results");
    }

    enum Colour {
        RED,
        GREEN
    }

    sealed interface Choice {
        record Word() implements Choice {}

        record Amount(double value, Optional<String> unit) implements Choice {}

        sealed interface Deeper extends Choice {
            record Many(List<Choice> choices) implements Deeper {}
        }
    }

    record Pair<A, B>(A first, B second) {}

    record Scalars(
            int whole,
            long big,
            short small,
            byte tiny,
            double number,
            float single,
            boolean flag,
            String text,
            Colour colour,
            Integer boxed,
            Double boxedNumber,
            @MayBeUndefined double undefined,
            @MayBeUndefined List<Double> gaps,
            OptionalInt maybeWhole,
            OptionalLong maybeBig,
            OptionalDouble maybeNumber,
            Optional<String> maybeText,
            Optional<Scalars> maybeRecord) {}

    record Parts(
            Table words,
            Tensor tensor,
            Graph graph,
            Figure figure,
            Figure.Bars bars,
            @Headline("how much") Estimate rho,
            @MayBeUndefined Estimate unknown,
            Evaluation evaluation) {}

    record Everything(
            @Description("Plain values.") Scalars scalars,
            Parts parts,
            List<Parts> moreParts,
            Map<String, List<Integer>> byWord,
            Map<String, Table> tables,
            List<Choice> choices,
            Pair<String, List<Tensor>> pair,
            List<Pair<Integer, Choice>> pairs,
            List<List<List<Long>>> deep,
            List<String> warnings) {}

    Everything everything() {
        return new Everything(
                scalars(0),
                parts(),
                list(3, i -> parts()),
                map(i -> list(4, j -> random.nextInt())),
                map(i -> table()),
                list(4, i -> choice(0)),
                new Pair<>(text(), list(3, i -> tensor())),
                list(3, i -> new Pair<>(i, choice(1))),
                list(2, i -> list(2, j -> list(3, k -> random.nextLong()))),
                list(3, i -> text()));
    }

    Scalars scalars(int depth) {
        return new Scalars(
                random.nextInt(),
                random.nextLong(),
                (short) random.nextInt(),
                (byte) random.nextInt(),
                number(),
                (float) random.nextGaussian(),
                random.nextBoolean(),
                text(),
                Colour.values()[random.nextInt(2)],
                random.nextInt(),
                number(),
                maybeUndefined(),
                list(5, i -> maybeUndefined()),
                random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty(),
                random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                random.nextBoolean() ? OptionalDouble.of(number()) : OptionalDouble.empty(),
                random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
                depth < 2 && random.nextBoolean() ? Optional.of(scalars(depth + 1)) : Optional.empty());
    }

    Parts parts() {
        return new Parts(
                table(),
                tensor(),
                graph(),
                figure(),
                new Figure.Bars(text(), axis(), axis(), List.of("a", text()), List.of(series(2))),
                new Estimate(number(), number(), number()),
                Estimate.withoutInterval(maybeUndefined()),
                evaluation());
    }

    Table table() {
        Table.Builder table = Table.builder()
                .text("word", text())
                .integer("count", "")
                .number("score", "x")
                .flag("rare", "y");
        for (int i = random.nextInt(5); i > 0; i--) {
            table.row(maybe(text()), maybe(random.nextLong()), maybe(maybeUndefined()), maybe(random.nextBoolean()));
        }
        return table.build();
    }

    private Object maybe(Object cell) {
        return random.nextInt(4) == 0 ? null : cell;
    }

    private Tensor tensor() {
        int rows = random.nextInt(4);
        float[] values = new float[rows * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(List.of("word", "d_model"), new int[] {rows, 3}, values);
    }

    private Graph graph() {
        int count = random.nextInt(5);
        List<Graph.Node> nodes = list(count, i -> new Graph.Node("n" + i + text(), text(), attributes()), count);
        List<Graph.Edge> edges = nodes.isEmpty()
                ? List.of()
                : list(4, i -> new Graph.Edge(any(nodes).id(), any(nodes).id(), text(), number(), attributes()));
        return new Graph(nodes, edges);
    }

    private Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        List<Object> values = List.of(text(), random.nextLong(), number(), random.nextBoolean());
        for (int i = random.nextInt(4); i > 0; i--) {
            attributes.put(any(TEXTS), any(values));
        }
        return attributes;
    }

    private Figure figure() {
        return switch (random.nextInt(3)) {
            case 0 -> new Figure.Lines(text(), axis(), axis(), List.of(1.0, maybeUndefined()), List.of(series(2)));
            case 1 ->
                new Figure.Scatter(
                        text(),
                        axis(),
                        axis(),
                        List.of(new Figure.Scatter.Group(
                                text(), List.of(1.0, 2.0), List.of(3.0, maybeUndefined()), List.of(text(), text()))));
            default ->
                new Figure.HeatMap(
                        text(),
                        axis(),
                        axis(),
                        List.of("a", "b"),
                        List.of("c"),
                        List.of(List.of(number(), maybeUndefined())),
                        random.nextBoolean() ? List.of() : List.of(List.of(text(), text())));
        };
    }

    private Figure.Axis axis() {
        return new Figure.Axis(text());
    }

    private Figure.Series series(int places) {
        List<Double> values =
                IntStream.range(0, places).mapToObj(i -> maybeUndefined()).toList();
        return random.nextBoolean()
                ? Figure.Series.of(text(), values)
                : new Figure.Series(text(), values, values, values);
    }

    private Evaluation evaluation() {
        return new Evaluation(list(
                3, i -> new Evaluation.Row("A" + i, text(), Estimate.withoutInterval(number()), maybeUndefined())));
    }

    private Choice choice(int depth) {
        return switch (random.nextInt(depth > 2 ? 2 : 3)) {
            case 0 -> new Choice.Word();
            case 1 -> new Choice.Amount(number(), random.nextBoolean() ? Optional.of(text()) : Optional.empty());
            default -> new Choice.Deeper.Many(list(3, i -> choice(depth + 1)));
        };
    }

    String text() {
        return any(TEXTS) + (random.nextBoolean() ? "" : any(TEXTS));
    }

    private double number() {
        return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextGaussian();
    }

    private double maybeUndefined() {
        return random.nextInt(3) == 0 ? Double.NaN : number();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> Map<String, T> map(IntFunction<T> make) {
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text() + i, make.apply(i));
        }
        return map;
    }

    private <T> List<T> list(int atMost, IntFunction<T> make) {
        return list(atMost, make, random.nextInt(atMost + 1));
    }

    private static <T> List<T> list(int atMost, IntFunction<T> make, int count) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < Math.min(atMost, count); i++) {
            list.add(make.apply(i));
        }
        return list;
    }
}
