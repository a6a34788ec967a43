package io.arrakis.tools.lens;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The scores of all heads over random sequences and over texts. Used once. */
final class PatternSurvey {

    /** A best head whose score is below so many times that of attention without preference is not one of its kind. */
    private static final double NOTEWORTHY = 2;

    private final OperationContext context;
    private final List<Integer> blocks;
    private final int heads;
    private final boolean causal;
    private final Map<HeadScore, Tally> onRepeated = tallies();
    private final Map<HeadScore, Tally> onTexts = tallies();
    private final Tally elsewhere = new Tally();
    private final List<List<AttentionPattern>> shown = new ArrayList<>();
    private RepeatedTokens repeated;

    PatternSurvey(List<Integer> blocks, OperationContext context) {
        this.context = context;
        this.blocks = blocks;
        this.heads = context.model().architecture().dims().nHeads();
        this.causal = context.model().architecture().attention().causal();
    }

    private static Map<HeadScore, Tally> tallies() {
        Map<HeadScore, Tally> tallies = new EnumMap<>(HeadScore.class);
        for (HeadScore score : HeadScore.values()) {
            tallies.put(score, new Tally());
        }
        return tallies;
    }

    /** Reads random sequences. */
    void readRepeated(RepeatedTokens sequences, OperationContext.Progress progress) {
        repeated = sequences;
        new PatternReader(context, blocks).read(sequences.sequences(), (input, patterns) -> {
            PatternScores scores =
                    new PatternScores(sequences.sequences().get(input).ids(), causal);
            onRepeated.forEach((score, tally) -> tally.add(patterns, pattern -> score(score, scores, pattern)));
            elsewhere.add(patterns, pattern -> scores.elsewhere(pattern, repeated.first(), repeated.length()));
            if (input == 0) {
                patterns.forEach(block ->
                        shown.add(block.stream().map(AttentionPattern::copy).toList()));
            }
            progress.advance(1);
        });
    }

    /** Reads texts; induction is not defined on them. */
    void readTexts(List<TokenRow> texts, OperationContext.Progress progress) {
        new PatternReader(context, blocks).read(texts, (input, patterns) -> {
            PatternScores scores = new PatternScores(texts.get(input).ids(), causal);
            onTexts.get(HeadScore.PREVIOUS_TOKEN).add(patterns, scores::previousToken);
            onTexts.get(HeadScore.DUPLICATE_TOKEN).add(patterns, scores::duplicateToken);
            onTexts.get(HeadScore.FIRST_TOKEN).add(patterns, scores::firstToken);
            progress.advance(1);
        });
    }

    private double score(HeadScore score, PatternScores scores, AttentionPattern pattern) {
        return switch (score) {
            case PREVIOUS_TOKEN -> scores.previousToken(pattern);
            case DUPLICATE_TOKEN -> scores.duplicateToken(pattern);
            case INDUCTION -> scores.induction(pattern, repeated.first(), repeated.length());
            case FIRST_TOKEN -> scores.firstToken(pattern);
        };
    }

    /** Returns what was found. */
    HeadScores result() {
        SeededRandom random = context.random("best_heads");
        Map<HeadScore, Tally.Best> best = new EnumMap<>(HeadScore.class);
        onRepeated.forEach((score, tally) -> best.put(score, tally.best(random.child(score.name()))));
        return new HeadScores(
                best.get(HeadScore.INDUCTION).value(),
                best.get(HeadScore.PREVIOUS_TOKEN).value(),
                best.get(HeadScore.DUPLICATE_TOKEN).value(),
                best.get(HeadScore.FIRST_TOKEN).value(),
                bestTable(best),
                headTable(),
                textTable(),
                figure(HeadScore.PREVIOUS_TOKEN),
                figure(HeadScore.DUPLICATE_TOKEN),
                figure(HeadScore.INDUCTION),
                figure(HeadScore.FIRST_TOKEN),
                pattern(best.get(HeadScore.INDUCTION).site()),
                warnings(best));
    }

    private int block(int head) {
        return blocks.get(head / heads);
    }

    private String name(int head) {
        return block(head) + "." + head % heads;
    }

    private double uniform(HeadScore score) {
        TokenRow row = repeated.sequences().get(0);
        return score(score, new PatternScores(row.ids(), causal), AttentionPattern.uniform(row.length(), causal));
    }

    private Table bestTable(Map<HeadScore, Tally.Best> best) {
        Table.Builder table = Table.builder()
                .text("score", "what the head looks at")
                .integer("block", "0 to n_layers - 1")
                .integer("head", "number of the head in its block")
                .number("value", "share of attention, on sequences that did not choose the head")
                .number("low", "lower end of its interval, 0.95, over sequences")
                .number("high", "upper end")
                .number("mean_of_heads", "the same over all heads")
                .number("no_preference", "the same for attention that prefers no place");
        best.forEach((score, one) -> table.row(
                score.label(),
                block(one.site()),
                one.site() % heads,
                one.value().value(),
                one.value().low(),
                one.value().high(),
                onRepeated.get(score).meanOfSites(),
                uniform(score)));
        return table.build();
    }

    private Table headTable() {
        Table.Builder table = Table.builder()
                .integer("block", "0 to n_layers - 1")
                .integer("head", "number of the head in its block")
                .number("previous_token", "attention on the token just before")
                .number("duplicate_token", "attention on the same token at another place")
                .number("induction", "attention on the token that followed the same token before")
                .number("induction_elsewhere", "mean attention on another place of the first copy")
                .number("first_token", "attention on the first position");
        for (int head = 0; head < heads * blocks.size(); head++) {
            table.row(
                    block(head),
                    head % heads,
                    onRepeated.get(HeadScore.PREVIOUS_TOKEN).mean(head),
                    onRepeated.get(HeadScore.DUPLICATE_TOKEN).mean(head),
                    onRepeated.get(HeadScore.INDUCTION).mean(head),
                    elsewhere.mean(head),
                    onRepeated.get(HeadScore.FIRST_TOKEN).mean(head));
        }
        return table.build();
    }

    private Optional<Table> textTable() {
        if (onTexts.get(HeadScore.PREVIOUS_TOKEN).size() == 0) {
            return Optional.empty();
        }
        Table.Builder table = Table.builder()
                .integer("block", "0 to n_layers - 1")
                .integer("head", "number of the head in its block")
                .number("previous_token", "attention on the token just before")
                .number(
                        "duplicate_token",
                        "attention on the same token at another place; empty where no text repeats one")
                .number("first_token", "attention on the first position");
        for (int head = 0; head < heads * blocks.size(); head++) {
            table.row(
                    block(head),
                    head % heads,
                    onTexts.get(HeadScore.PREVIOUS_TOKEN).mean(head),
                    onTexts.get(HeadScore.DUPLICATE_TOKEN).mean(head),
                    onTexts.get(HeadScore.FIRST_TOKEN).mean(head));
        }
        return Optional.of(table.build());
    }

    private Figure figure(HeadScore score) {
        Tally tally = onRepeated.get(score);
        return new Figure.HeatMap(
                "Share of attention on " + score.place() + ", each head",
                new Figure.Axis("head"),
                new Figure.Axis("block"),
                IntStream.range(0, heads).mapToObj(Integer::toString).toList(),
                blocks.stream().map(String::valueOf).toList(),
                IntStream.range(0, blocks.size())
                        .mapToObj(block -> IntStream.range(0, heads)
                                .mapToObj(head -> tally.mean(block * heads + head))
                                .toList())
                        .toList());
    }

    private Figure pattern(int head) {
        List<String> labels = repeated.sequences().get(0).labels(context.tokenizer());
        return new Figure.HeatMap(
                "Attention of head " + name(head) + ", the strongest by induction, over the first random sequence",
                new Figure.Axis("key"),
                new Figure.Axis("query"),
                labels,
                labels,
                shown.get(head / heads).get(head % heads).rows());
    }

    private List<String> warnings(Map<HeadScore, Tally.Best> best) {
        List<String> warnings = new ArrayList<>();
        best.forEach((score, one) -> {
            if (one.value().value() < NOTEWORTHY * uniform(score)) {
                warnings.add("no head stands out by " + score.label() + ": the best, head " + name(one.site())
                        + ", is below twice what attention without preference gives");
            }
        });
        return warnings;
    }
}
