package io.arrakis.tools.lens;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes down what each part adds. */
final class PartReport {

    private final OperationContext context;
    private final StreamParts parts;
    private final PartTally shares;
    private final PartTally scores;
    private final SeededRandom random;

    PartReport(OperationContext context, StreamParts parts, PartTally shares, PartTally scores) {
        this.context = context;
        this.parts = parts;
        this.shares = shares;
        this.scores = scores;
        this.random = context.random("residual_decomposition");
    }

    /**
     * How far sums were off.
     *
     * @param stream of the residual stream
     * @param score  of the score
     */
    record Differences(double stream, double score) {}

    /** Returns the result. */
    ResidualParts result(Optional<String> scoreOf, Differences differences, int cut) {
        Optional<String> scored = scores.isEmpty() ? Optional.empty() : scoreOf;
        return new ResidualParts(
                parts.layer(),
                shares.of(Part.Kind.HEAD, random),
                shares.of(Part.Kind.MLP, random),
                shares.of(Part.Kind.EMBEDDING, random),
                scored.map(name -> scores.total(random)),
                scored,
                differences.stream(),
                differences.score(),
                table(),
                heads(scored),
                writers("Share of the residual stream that each writer has, in the order of the pass", "share", shares),
                scored.map(name -> writers(
                        "What each writer adds to the score of " + name + ", in the order of the pass",
                        "score",
                        scores)),
                warnings(cut, scoreOf.isPresent()));
    }

    /** What is said of one part. */
    private record Row(Part part, Estimate share, Estimate score) {}

    private Table table() {
        Set<Part> all = new LinkedHashSet<>(shares.parts());
        all.addAll(scores.parts());
        List<Part> scored = scores.parts();
        Estimate none = Estimate.withoutInterval(Double.NaN);
        Table.Builder table = Table.builder()
                .text("part", "its name")
                .text("kind", "what it is")
                .integer("block", "the block that writes it; empty outside of blocks")
                .integer("head", "the head; empty for others")
                .number("share", "of the residual stream; all sum to 1; empty for what comes after it")
                .number("share_low", "lower end of its interval, 0.95, over texts")
                .number("share_high", "upper end")
                .number("score", "what it adds to the score; empty where none was taken apart")
                .number("score_low", "lower end of its interval, 0.95, over texts")
                .number("score_high", "upper end");
        all.stream()
                .map(part -> new Row(
                        part,
                        shares.parts().contains(part) ? shares.of(part, random) : none,
                        scored.contains(part) ? scores.of(part, random) : none))
                .sorted(Comparator.comparingDouble((Row row) -> -Math.abs(
                        scored.isEmpty() ? row.share().value() : row.score().value())))
                .forEach(row -> table.row(
                        row.part().name(),
                        row.part().kind().label(),
                        row.part().block() < 0 ? null : row.part().block(),
                        row.part().head() < 0 ? null : row.part().head(),
                        row.share().value(),
                        row.share().low(),
                        row.share().high(),
                        row.score().value(),
                        row.score().low(),
                        row.score().high()));
        return table.build();
    }

    private Optional<Figure> heads(Optional<String> scored) {
        return parts.layer() == 0 ? Optional.empty() : Optional.of(headMap(scored));
    }

    private Figure headMap(Optional<String> scored) {
        PartTally tally = scored.isPresent() ? scores : shares;
        int heads = context.model().architecture().dims().nHeads();
        return new Figure.HeatMap(
                scored.map(name -> "What each head adds to the score of " + name)
                        .orElse("Share of the residual stream that each head writes"),
                new Figure.Axis("head"),
                new Figure.Axis("block"),
                IntStream.range(0, heads).mapToObj(Integer::toString).toList(),
                IntStream.range(0, parts.layer()).mapToObj(Integer::toString).toList(),
                IntStream.range(0, parts.layer())
                        .mapToObj(block -> IntStream.range(0, heads)
                                .mapToObj(head -> tally.of(Part.head(block, head)::equals))
                                .toList())
                        .toList());
    }

    private Figure writers(String title, String axis, PartTally tally) {
        List<String> names = new ArrayList<>(List.of("embedding"));
        List<Double> values = new ArrayList<>(List.of(tally.of(PartReport::embeds)));
        for (int block = 0; block < parts.layer(); block++) {
            int index = block;
            names.add("attention " + block);
            values.add(tally.of(part -> part.block() == index && attends(part)));
            names.add("MLP " + block);
            values.add(tally.of(part -> part.block() == index && !attends(part)));
        }
        names.add("norms, last bias");
        values.add(tally.of(part -> part.block() < 0 && !embeds(part)));
        return new Figure.Bars(
                title,
                new Figure.Axis("writer, biases of its projection included"),
                new Figure.Axis(axis),
                names,
                List.of(Figure.Series.of(axis, values)));
    }

    private static boolean embeds(Part part) {
        return part.kind() == Part.Kind.EMBEDDING
                || part.kind() == Part.Kind.POSITIONS
                || part.kind() == Part.Kind.TOKEN_TYPES;
    }

    private static boolean attends(Part part) {
        return part.kind() == Part.Kind.HEAD || part.kind() == Part.Kind.ATTENTION_BIAS;
    }

    private List<String> warnings(int cut, boolean asked) {
        List<String> warnings = new ArrayList<>();
        CutTexts.warn(cut, warnings);
        if (scores.isEmpty() && Unembedding.in(context.model().architecture())) {
            warnings.add("no score was taken apart: " + whyNoScore(asked));
        }
        return warnings;
    }

    private String whyNoScore(boolean asked) {
        if (asked) {
            return "no token follows another in any text; name an answer, or give longer texts";
        }
        return ResidualDecomposition.readsScores(context.model().architecture())
                ? "name an answer, or take the last layer at each place"
                : "the head of this model has an activation function before the unembedding";
    }
}
