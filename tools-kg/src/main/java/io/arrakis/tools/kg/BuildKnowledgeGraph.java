package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.MultipleTesting;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of related tokens: the pairs that hold against the rate of false discoveries, merged over heads, with groups and
 * centralities.
 *
 * <p>Every ordered pair that was looked at, in every head, was a test; Benjamini and Hochberg's rule decides over all of them which pairs are
 * kept. Random pairs of the vocabulary cannot tell what is special about the vocabulary itself, since they are related as often: for
 * whole vocabularies {@code chance: fitted} takes the distribution that fits their middle. Groups are found by passing labels along edges; PageRank follows edges by their weight. Costs tokens x edges for the betweenness.
 */
@Description("Keeps the related pairs that hold among all that were tried, and makes a graph of them.")
public final class BuildKnowledgeGraph implements Operation<BuildKnowledgeGraph.Params, KnowledgeGraph> {

    /** Makes the operation. */
    @Inject
    public BuildKnowledgeGraph() {}

    /**
     * What to build.
     *
     * @param relations          the step that found pairs
     * @param falseDiscoveryRate expected share of false pairs among those that are kept
     * @param chance             what similarities are by chance
     */
    public record Params(
            @Description("The step that found related pairs.") @Example("${steps.relations}")
            StepRef<RelationTypes> relations,

            @Description("Expected share of false pairs among those that are kept.")
            @DefaultValue("0.05")
            @DecimalMin("0.0001")
            @DecimalMax("1")
            double falseDiscoveryRate,

            @Description("What similarities are by chance: random_pairs, or fitted for whole vocabularies.")
            @DefaultValue("random_pairs")
            Chance chance) {}

    @Override
    public Requirements requires(Params params, Planning planning) {
        return Requirements.none();
    }

    @Override
    public KnowledgeGraph run(Params params, Inputs inputs, OperationContext context) {
        RelationTypes relations = inputs.step(params.relations(), RelationTypes.class);
        long tests = relations.tried() * relations.types().rows().size();
        List<Graph.Edge> held = held(relations.graph().edges(), tests, params.falseDiscoveryRate(), params.chance());
        List<MergedEdge> edges = merged(held, params.chance());
        Map<String, String> labels = new LinkedHashMap<>();
        relations.graph().nodes().forEach(node -> labels.put(node.id(), node.label()));
        if (edges.isEmpty()) {
            return new KnowledgeGraph(
                    0,
                    0,
                    0,
                    0,
                    new Graph(List.of(), List.of()),
                    tokenColumns().build(),
                    pairs(labels, edges, params.chance()),
                    List.of("no pair holds against a false discovery rate of " + params.falseDiscoveryRate() + " among "
                            + tests + " pairs that were tried"));
        }
        GraphShape shape = new GraphShape(edges, context.random("groups").nextLong());
        return new KnowledgeGraph(
                shape.tokens(),
                edges.size(),
                shape.groups(),
                shape.modularity(),
                graph(relations.graph(), edges, shape),
                tokens(labels, shape),
                pairs(labels, edges, params.chance()),
                List.of());
    }

    /** Benjamini and Hochberg's rule where only the smallest p-values are listed: the others are taken as 1. */
    static List<Graph.Edge> held(List<Graph.Edge> edges, long tests, double rate, Chance chance) {
        if (edges.isEmpty()) {
            return List.of();
        }
        double[] pValues = edges.stream()
                .mapToDouble(edge -> MergedEdge.pValue(edge, chance))
                .toArray();
        double[] adjusted = MultipleTesting.benjaminiHochberg(pValues);
        double unlisted = (double) tests / pValues.length;
        List<Graph.Edge> held = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            if (adjusted[i] * unlisted <= rate) {
                held.add(edges.get(i));
            }
        }
        return held;
    }

    private static List<MergedEdge> merged(List<Graph.Edge> edges, Chance chance) {
        Map<List<String>, List<Graph.Edge>> byPair = new LinkedHashMap<>();
        edges.forEach(edge -> byPair.computeIfAbsent(List.of(edge.from(), edge.to()), p -> new ArrayList<>())
                .add(edge));
        return byPair.entrySet().stream()
                .map(pair -> new MergedEdge(
                        pair.getKey().get(0),
                        pair.getKey().get(1),
                        pair.getValue().stream()
                                .sorted(Comparator.comparingDouble(edge -> MergedEdge.pValue(edge, chance)))
                                .toList()))
                .toList();
    }

    private static Graph graph(Graph all, List<MergedEdge> edges, GraphShape shape) {
        Map<String, Integer> groups = shape.groupOf();
        List<Graph.Node> nodes = all.nodes().stream()
                .filter(node -> groups.containsKey(node.id()))
                .map(node -> {
                    Map<String, Object> attributes = new LinkedHashMap<>(node.attributes());
                    attributes.put("group", (long) groups.get(node.id()));
                    attributes.put("page_rank", shape.pageRank(node.id()));
                    return new Graph.Node(node.id(), node.label(), attributes);
                })
                .toList();
        return new Graph(nodes, edges.stream().map(MergedEdge::edge).toList());
    }

    private static Table tokens(Map<String, String> labels, GraphShape shape) {
        Table.Builder table = tokenColumns();
        Map<String, Integer> groups = shape.groupOf();
        labels.forEach((id, label) -> {
            if (groups.containsKey(id)) {
                table.row(
                        label, groups.get(id), shape.in(id), shape.out(id), shape.pageRank(id), shape.betweenness(id));
            }
        });
        return table.build();
    }

    private static Table.Builder tokenColumns() {
        return Table.builder()
                .text("token", "")
                .integer("group", "Tokens of one group are related more than by chance.")
                .integer("in_degree", "Tokens that look at it.")
                .integer("out_degree", "Tokens that it looks at.")
                .number("page_rank", "")
                .number("betweenness", "Share of shortest paths that go through it, each pair one step.");
    }

    private static Table pairs(Map<String, String> labels, List<MergedEdge> edges, Chance chance) {
        Table.Builder table = Table.builder()
                .text("query", "The token that looks.")
                .text("key", "The token that is looked at.")
                .integer("heads", "How many heads relate them.")
                .text("types", "The heads, the most certain first.")
                .number("similarity", "In the subspace of the most certain head.")
                .number("p_value", "Of that head.");
        for (MergedEdge edge : edges) {
            table.row(
                    labels.get(edge.from()),
                    labels.get(edge.to()),
                    edge.heads().size(),
                    edge.types(),
                    edge.weight(),
                    MergedEdge.pValue(edge.heads().get(0), chance));
        }
        return table.build();
    }
}
