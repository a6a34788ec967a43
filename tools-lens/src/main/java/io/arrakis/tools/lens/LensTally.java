package io.arrakis.tools.lens;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Means over places of what each layer would say, and what it would say of the first texts. Used once. */
final class LensTally {

    private static final double HALF = 0.5;

    private final List<Integer> layers;
    private final TokenRows rows;
    private final Tokenizer tokenizer;
    private final SeededRandom random;
    private final boolean causal;
    private final Shown shown;
    private final List<OfLayer> tallies;
    private final List<List<Double>> firstText = new ArrayList<>();
    private final List<List<String>> firstTextTokens = new ArrayList<>();
    private final Table.Builder tokens = Table.builder()
            .text("example", "id of the text")
            .integer("position", "place in the text, special tokens counted")
            .text("token", "what stands there")
            .integer("layer", "residual layer")
            .integer("rank", "1 for the likeliest token")
            .text("predicted", "what the layer would say")
            .number("probability", "how likely");

    /**
     * What is listed.
     *
     * @param texts how many texts
     * @param top   how many tokens of each place
     */
    record Shown(int texts, int top) {}

    /** Means of one layer. */
    private record OfLayer(TextMeans entropy, TextMeans divergence, TextMeans agreement, TextMeans logProbability) {
        static OfLayer over(int texts) {
            return new OfLayer(new TextMeans(texts), new TextMeans(texts), new TextMeans(texts), new TextMeans(texts));
        }
    }

    LensTally(List<Integer> layers, TokenRows rows, OperationContext context, Shown shown) {
        this.layers = layers;
        this.rows = rows;
        this.tokenizer = context.tokenizer();
        this.random = context.random("logit_lens");
        this.causal = context.model().architecture().attention().causal();
        this.shown = shown;
        this.tallies =
                layers.stream().map(layer -> OfLayer.over(rows.examples())).toList();
        layers.forEach(layer -> {
            firstText.add(new ArrayList<>());
            firstTextTokens.add(new ArrayList<>());
        });
    }

    /** Adds a place; the last distribution is the last layer's. */
    void add(int row, List<Distribution> ofLayers) {
        Distribution last = ofLayers.get(ofLayers.size() - 1);
        double[] probabilities = last.probabilities();
        OptionalInt target = target(row);
        int text = rows.example(row);
        for (int i = 0; i < ofLayers.size(); i++) {
            Distribution said = ofLayers.get(i);
            OfLayer tally = tallies.get(i);
            tally.entropy().add(text, said.entropy());
            tally.divergence().add(text, said.divergenceFrom(last, probabilities));
            tally.agreement().add(text, said.top() == last.top() ? 1 : 0);
            target.ifPresent(token -> tally.logProbability().add(text, said.logProbability(token)));
            show(row, i, said);
        }
    }

    /** Returns the token that is to be said at a place: the next one, or in encoders the one that stands there. */
    private OptionalInt target(int row) {
        return causal ? NextToken.after(rows, row) : OptionalInt.of(rows.tokenId(row));
    }

    private void show(int row, int layer, Distribution said) {
        int text = rows.example(row);
        if (text == rows.example(0)) {
            firstText.get(layer).add(Math.exp(said.logProbability(said.top())));
            firstTextTokens.get(layer).add(TokenRow.readable(tokenizer, said.top()));
        }
        if (text >= shown.texts()) {
            return;
        }
        int rank = 1;
        for (int token : said.top(shown.top())) {
            tokens.row(
                    rows.exampleId(text),
                    rows.position(row),
                    TokenRow.readable(tokenizer, rows.tokenId(row)),
                    layers.get(layer),
                    rank++,
                    TokenRow.readable(tokenizer, token),
                    Math.exp(said.logProbability(token)));
        }
    }

    /** Returns what was read. */
    LensReadings result(double largestDifference) {
        OfLayer last = tallies.get(tallies.size() - 1);
        List<Row> read = IntStream.range(0, layers.size())
                .mapToObj(i -> Row.of(layers.get(i), tallies.get(i), random.child(layers.get(i))))
                .toList();
        return new LensReadings(
                agreesFrom(),
                last.logProbability().count() == 0
                        ? Optional.empty()
                        : Optional.of(read.get(read.size() - 1).logProbability()),
                largestDifference,
                table(read),
                tokens.build(),
                lines(read),
                textFigure(),
                warnings());
    }

    /** What is said of one layer. */
    private record Row(int layer, Estimate entropy, Estimate divergence, Estimate agreement, Estimate logProbability) {
        static Row of(int layer, OfLayer tally, SeededRandom random) {
            return new Row(
                    layer,
                    tally.entropy().estimate(random.child("entropy")),
                    tally.divergence().estimate(random.child("divergence")),
                    tally.agreement().estimate(random.child("agreement")),
                    tally.logProbability().estimate(random.child("log_probability")));
        }
    }

    private int agreesFrom() {
        int from = layers.size() - 1;
        while (from > 0 && tallies.get(from - 1).agreement().mean() >= HALF) {
            from--;
        }
        return layers.get(from);
    }

    private Table table(List<Row> read) {
        Table.Builder table = Table.builder()
                .integer("layer", "residual layer")
                .number("entropy", "of the distribution, nats")
                .number("divergence", "from the last layer's distribution, nats")
                .number("divergence_low", "lower end of its interval, 0.95, over texts")
                .number("divergence_high", "upper end")
                .number("agreement", "share of places whose likeliest token is the last layer's")
                .number("log_probability", "of the next token, in encoders of the token itself; nats")
                .number("log_probability_low", "lower end of its interval, 0.95, over texts")
                .number("log_probability_high", "upper end");
        read.forEach(row -> table.row(
                row.layer(),
                row.entropy().value(),
                row.divergence().value(),
                row.divergence().low(),
                row.divergence().high(),
                row.agreement().value(),
                row.logProbability().value(),
                row.logProbability().low(),
                row.logProbability().high()));
        return table.build();
    }

    private Figure lines(List<Row> read) {
        List<Figure.Series> series = new ArrayList<>();
        series.add(series("entropy", read.stream().map(Row::entropy).toList(), 1));
        series.add(series(
                "divergence from the last layer",
                read.stream().map(Row::divergence).toList(),
                1));
        if (tallies.get(0).logProbability().count() > 0) {
            String name = causal ? "surprise at the next token" : "surprise at the token itself";
            series.add(series(name, read.stream().map(Row::logProbability).toList(), -1));
        }
        return new Figure.Lines(
                "What each layer would say, means over places",
                new Figure.Axis("residual layer"),
                new Figure.Axis("nats"),
                layers.stream().map(Integer::doubleValue).toList(),
                series);
    }

    private static Figure.Series series(String name, List<Estimate> values, int sign) {
        List<Double> at = values.stream().map(value -> sign * value.value()).toList();
        if (values.stream().anyMatch(value -> Double.isNaN(value.low()))) {
            return Figure.Series.of(name, at);
        }
        List<Double> first = values.stream().map(value -> sign * value.low()).toList();
        List<Double> second = values.stream().map(value -> sign * value.high()).toList();
        return new Figure.Series(name, at, sign > 0 ? first : second, sign > 0 ? second : first);
    }

    private Figure textFigure() {
        int text = rows.example(0);
        List<String> columns = IntStream.range(0, rows.firstRow(text + 1))
                .mapToObj(row -> rows.position(row) + " " + TokenRow.readable(tokenizer, rows.tokenId(row)))
                .toList();
        return new Figure.HeatMap(
                "The likeliest token at each place and layer of the first text, and its probability",
                new Figure.Axis("token read"),
                new Figure.Axis("residual layer"),
                columns,
                layers.stream().map(String::valueOf).toList(),
                firstText,
                firstTextTokens);
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        CutTexts.warn(rows.cut(), warnings);
        if (!causal) {
            warnings.add(
                    "the model is an encoder: its distributions are of the token that stands at a place, not of the next");
        }
        return warnings;
    }
}
