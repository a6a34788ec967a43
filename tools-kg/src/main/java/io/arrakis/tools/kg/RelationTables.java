package io.arrakis.tools.kg;

import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes related pairs as tables, a graph and a picture. */
final class RelationTables {

    private static final int LEADING = 5;

    private final List<Token> tokens;
    private final List<TypedPairs> types;
    private final RelationalSubspaces subspaces;
    private final double tried;
    private final ToDoubleBiFunction<Integer, PairSearch.Pair> plainCosine;

    /**
     * Takes what is to be written.
     *
     * @param tried       how many ordered pairs were looked at in each head
     * @param plainCosine of a pair, by the block whose vectors are compared
     */
    RelationTables(
            List<Token> tokens,
            List<TypedPairs> types,
            RelationalSubspaces subspaces,
            long tried,
            ToDoubleBiFunction<Integer, PairSearch.Pair> plainCosine) {
        this.tokens = tokens;
        this.types = types;
        this.subspaces = subspaces;
        this.tried = tried;
        this.plainCosine = plainCosine;
    }

    Table pairs() {
        Table.Builder table = Table.builder()
                .text("query", "The token that looks.")
                .text("key", "The token that is looked at.")
                .text("type", "The head that relates them.")
                .integer("block", "")
                .integer("head", "")
                .integer("component", "The component of the head that adds most to the similarity.")
                .number("similarity", "In the subspace of the head.")
                .number("plain_cosine", "Of the same vectors without any head.")
                .number("p_value", "Probability of so large a similarity among random pairs.")
                .number("fitted_p_value", "The same under the distribution that fits their middle.");
        for (TypedPairs type : types) {
            int block = subspaces.block(type.subspace());
            for (int i = 0; i < type.found().pairs().size(); i++) {
                PairSearch.Pair pair = type.found().pairs().get(i);
                table.row(
                        label(pair.query()),
                        label(pair.key()),
                        type.name(),
                        block,
                        subspaces.head(type.subspace()),
                        type.components().leading()[i],
                        pair.similarity(),
                        plainCosine.applyAsDouble(block, pair),
                        type.chance().pValue(pair.similarity()),
                        type.chance().fittedPValue(pair.similarity()));
            }
        }
        return table.build();
    }

    Table types() {
        Table.Builder table = Table.builder()
                .text("type", "The head.")
                .integer("block", "")
                .integer("head", "")
                .number("threshold", "Similarity from which on a pair is related.")
                .number("false_positive_rate", "Share of random pairs that reach it.")
                .integer("related", "Ordered pairs of these tokens that reach it.")
                .number("related_share", "Their share of all ordered pairs, or of those that were listed.")
                .text("leading_pairs", "The most similar pairs.")
                .text(
                        "leading_queries",
                        "Tokens that look at most others in the listed pairs, the most similar where as many.")
                .text("leading_keys", "Tokens that most others look at in the listed pairs.");
        for (TypedPairs type : types) {
            table.row(
                    type.name(),
                    subspaces.block(type.subspace()),
                    subspaces.head(type.subspace()),
                    type.threshold(),
                    type.falsePositiveRate(),
                    type.found().count(),
                    type.found().count() / tried,
                    leading(type),
                    leading(type, PairSearch.Pair::query),
                    leading(type, PairSearch.Pair::key));
        }
        return table.build();
    }

    /** A row for each component of each head. */
    Table categories() {
        Table.Builder table = Table.builder()
                .text("type", "The head.")
                .integer("block", "")
                .integer("head", "")
                .integer("component", "")
                .number(
                        "similarity_share",
                        "What it adds to the similarity of the head's listed pairs; empty if there are none.")
                .text("queries_up", "Tokens with the largest coordinates as query.")
                .text(
                        "keys_up",
                        "Tokens with the largest coordinates as key: what the queries beside them are related to.")
                .text("queries_down", "Tokens with the smallest coordinates as query.")
                .text("keys_down", "Tokens with the smallest coordinates as key.");
        for (TypedPairs type : types) {
            for (ComponentCategory component : type.components().categories()) {
                table.row(
                        type.name(),
                        subspaces.block(type.subspace()),
                        subspaces.head(type.subspace()),
                        component.component(),
                        Double.isNaN(component.share()) ? null : component.share(),
                        labels(Arrays.stream(component.queriesUp())),
                        labels(Arrays.stream(component.keysUp())),
                        labels(Arrays.stream(component.queriesDown())),
                        labels(Arrays.stream(component.keysDown())));
            }
        }
        return table.build();
    }

    /** The tokens that stand on one side of most of the listed pairs. */
    private String leading(TypedPairs type, ToIntFunction<PairSearch.Pair> side) {
        Map<Integer, DoubleSummaryStatistics> byToken = type.found().pairs().stream()
                .collect(Collectors.groupingBy(
                        side::applyAsInt,
                        LinkedHashMap::new,
                        Collectors.summarizingDouble(PairSearch.Pair::similarity)));
        return labels(byToken.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Integer, DoubleSummaryStatistics> token) ->
                                token.getValue().getCount())
                        .thenComparing(token -> token.getValue().getSum())
                        .reversed())
                .limit(LEADING)
                .mapToInt(Map.Entry::getKey));
    }

    private String labels(IntStream places) {
        return places.mapToObj(this::label).collect(Collectors.joining(", "));
    }

    private String leading(TypedPairs type) {
        return String.join(
                ", ",
                type.found().pairs().stream()
                        .sorted((a, b) -> Double.compare(b.similarity(), a.similarity()))
                        .limit(LEADING)
                        .map(pair -> label(pair.query()) + " > " + label(pair.key()))
                        .toList());
    }

    Graph graph() {
        List<Graph.Node> nodes = tokens.stream()
                .map(token -> new Graph.Node(
                        Integer.toString(token.id()), token.label(), Map.of("token_id", (long) token.id())))
                .toList();
        List<Graph.Edge> edges = new ArrayList<>();
        for (TypedPairs type : types) {
            for (int i = 0; i < type.found().pairs().size(); i++) {
                PairSearch.Pair pair = type.found().pairs().get(i);
                Map<String, Object> attributes = new LinkedHashMap<>();
                attributes.put("block", (long) subspaces.block(type.subspace()));
                attributes.put("head", (long) subspaces.head(type.subspace()));
                attributes.put("component", (long) type.components().leading()[i]);
                attributes.put(Chance.RANDOM_PAIRS.attribute(), type.chance().pValue(pair.similarity()));
                attributes.put(Chance.FITTED.attribute(), type.chance().fittedPValue(pair.similarity()));
                edges.add(new Graph.Edge(id(pair.query()), id(pair.key()), type.name(), pair.similarity(), attributes));
            }
        }
        return new Graph(nodes, edges);
    }

    Figure rates() {
        return new Figure.Bars(
                "Share of pairs called related, among random pairs and among these",
                new Figure.Axis("head"),
                new Figure.Axis("share of ordered pairs"),
                types.stream().map(TypedPairs::name).toList(),
                List.of(
                        Figure.Series.of(
                                "random pairs",
                                types.stream()
                                        .map(TypedPairs::falsePositiveRate)
                                        .toList()),
                        Figure.Series.of(
                                "these pairs",
                                types.stream()
                                        .map(type -> type.found().count() / tried)
                                        .toList())));
    }

    private String label(int token) {
        return tokens.get(token).label();
    }

    private String id(int token) {
        return Integer.toString(tokens.get(token).id());
    }
}
