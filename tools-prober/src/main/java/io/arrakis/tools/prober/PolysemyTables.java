package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Halves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes scores of words as tables and as a picture. */
final class PolysemyTables {

    private static final int BARS = 30;
    private static final int NEIGHBOURS_SHOWN = 8;

    private final WordScores scores;
    private final PolysemyPart part;
    private final Map<String, Double> truth;

    PolysemyTables(WordScores scores, PolysemyPart part, Map<String, Double> truth) {
        this.scores = scores;
        this.part = part;
        this.truth = truth;
    }

    Table words() {
        Table.Builder table = Table.builder()
                .text("word", "as the vocabulary spells it")
                .number("score", "larger is more polysemous")
                .number("low", "lower end of the interval of 95%, over occurrences")
                .number("high", "upper end")
                .integer("occurrences", "texts with the word")
                .integer("half", "0 to choose on, 1 to report on: CRC-32 of the word, lowest bit")
                .number("truth", "what is known of the word")
                .number("self", "1 minus the mean cosine of its occurrences")
                .number("self_deviation", "standard deviation over draws of equally many occurrences")
                .number("neighbours", "1 minus the mean Jaccard index of neighbour words")
                .number("neighbours_deviation", "standard deviation over draws")
                .number("spread", "different words near equally many occurrences, in expectation")
                .number("static", "scatter of the words around its embedding")
                .number("combined", "ranks of self, spread and static added up")
                .number("dispersion", "variance of its occurrences where the layer varies most")
                .number("self_in_text", "as self, the mean of each text subtracted")
                .number("static_distinct", "as static, without words that are spelled alike")
                .number("refined", "ranks of dispersion, spread, self_in_text and static_distinct added up");
        List<Estimate> score = scores.estimates(part);
        double[] combined = scores.of(PolysemyPart.COMBINED);
        double[] refined = scores.of(PolysemyPart.REFINED);
        for (int i : byScore()) {
            WordScores.Row row = scores.rows().get(i);
            String name = row.sample().name();
            table.row(
                    name,
                    score.get(i).value(),
                    cell(score.get(i).low()),
                    cell(score.get(i).high()),
                    row.sample().occurrences(),
                    half(name),
                    truth.get(name),
                    row.self().value(),
                    row.selfDeviation(),
                    row.neighbours().value(),
                    row.neighboursDeviation(),
                    row.spread().value(),
                    row.fixed(),
                    combined[i],
                    row.dispersion().value(),
                    row.selfInText().value(),
                    row.distinct(),
                    refined[i]);
        }
        return table.build();
    }

    private static int half(String name) {
        return switch (Halves.of(name)) {
            case SELECTION -> 0;
            case REPORT -> 1;
        };
    }

    private static Object cell(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private List<Integer> byScore() {
        double[] values = scores.of(part);
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -values[i]))
                .toList();
    }

    static Table tooRare(List<WordSampling.TooRare> words) {
        Table.Builder table =
                Table.builder().text("word", "as it was asked for").integer("occurrences", "texts with the word");
        words.forEach(word -> table.row(word.name(), word.occurrences()));
        return table.build();
    }

    /** Returns a row for each shown occurrence, with the words nearest to it in other texts. */
    static Table occurrences(
            List<WordSample> samples, List<List<NeighbourSearch.Found>> found, TokenRows rows, Words words) {
        Table.Builder table = Table.builder()
                .text("word", "the scored word")
                .text("example", "id of the text")
                .text("text", "a text with the word")
                .text("neighbours", "words of the nearest occurrences in other texts, nearest first");
        for (int i = 0; i < samples.size(); i++) {
            for (NeighbourSearch.Found one : found.get(i)) {
                int text = rows.example(one.row());
                table.row(samples.get(i).name(), rows.exampleId(text), rows.text(text), near(one, words));
            }
        }
        return table.build();
    }

    private static String near(NeighbourSearch.Found found, Words words) {
        return Arrays.stream(found.words())
                .distinct()
                .limit(NEIGHBOURS_SHOWN)
                .mapToObj(words::name)
                .collect(Collectors.joining(" "));
    }

    /** Returns score against truth where that is known, else the words with the largest scores. */
    Figure figure(String truthField) {
        List<Integer> order = byScore();
        double[] values = scores.of(part);
        List<Integer> known =
                order.stream().filter(i -> truth.containsKey(name(i))).toList();
        Figure.Axis axis = new Figure.Axis(part.name().toLowerCase(Locale.ROOT));
        if (known.isEmpty()) {
            List<Integer> top = order.subList(0, Math.min(BARS, order.size()));
            return new Figure.Bars(
                    "The most polysemous words", new Figure.Axis("word"), axis, names(top), List.of(series(top)));
        }
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i : known) {
            x.add(truth.get(name(i)));
            y.add(values[i]);
        }
        return new Figure.Scatter(
                "Score of each word against what is known of it",
                new Figure.Axis(truthField),
                axis,
                List.of(new Figure.Scatter.Group("words", x, y, names(known))));
    }

    private Figure.Series series(List<Integer> chosen) {
        List<Estimate> estimates = scores.estimates(part);
        List<Estimate> shown = chosen.stream().map(estimates::get).toList();
        boolean intervals = shown.stream().noneMatch(one -> Double.isNaN(one.low()));
        return new Figure.Series(
                "score",
                shown.stream().map(Estimate::value).toList(),
                intervals ? shown.stream().map(Estimate::low).toList() : List.of(),
                intervals ? shown.stream().map(Estimate::high).toList() : List.of());
    }

    private List<String> names(List<Integer> chosen) {
        return chosen.stream().map(this::name).toList();
    }

    private String name(int i) {
        return scores.rows().get(i).sample().name();
    }
}
