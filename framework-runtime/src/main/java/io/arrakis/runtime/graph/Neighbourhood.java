package io.arrakis.runtime.graph;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.NearestNames;
import io.arrakis.api.result.Graph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jgrapht.graph.DefaultUndirectedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;

/**
 * The part of a graph around a node: all nodes that few steps along edges, forwards or backwards, lead to.
 *
 * @param graph the nodes and the edges between them; nodes in the order of the whole graph
 * @param hops  how many steps away each node is, by id; 0 for the nodes in the middle
 */
public record Neighbourhood(Graph graph, Map<String, Integer> hops) {

    /** Copies the map. */
    public Neighbourhood {
        hops = Map.copyOf(hops);
    }

    /** An edge, and how many steps lead to its farther end. */
    public record Step(int hop, Graph.Edge edge) {}

    /**
     * Cuts out a neighbourhood. Costs nodes + edges.
     *
     * @param ego label or id of the node in the middle; all nodes of that label
     * @param far how many steps at most, at least 0
     * @throws ArrakisException with {@code TOOL-INPUT}, naming near labels, if there is no such node
     */
    public static Neighbourhood of(Graph graph, String ego, int far) {
        List<String> middle = graph.nodes().stream()
                .filter(node -> isCalled(node, ego))
                .map(Graph.Node::id)
                .toList();
        if (middle.isEmpty()) {
            List<String> labels = graph.nodes().stream().map(Graph.Node::label).toList();
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    "--ego",
                    "no node is called '" + ego + "'",
                    labels.isEmpty()
                            ? "the graph is empty"
                            : "did you mean " + String.join(", ", NearestNames.of(ego, labels, 3)) + "?");
        }
        Map<String, Integer> hops = hops(graph, middle, far);
        return new Neighbourhood(
                new Graph(
                        graph.nodes().stream()
                                .filter(node -> hops.containsKey(node.id()))
                                .toList(),
                        graph.edges().stream()
                                .filter(edge -> hops.containsKey(edge.from()) && hops.containsKey(edge.to()))
                                .toList()),
                hops);
    }

    /** Returns whether a graph has a node of this label or id. */
    static boolean has(Graph graph, String name) {
        return graph.nodes().stream().anyMatch(node -> isCalled(node, name));
    }

    private static boolean isCalled(Graph.Node node, String name) {
        return node.label().equals(name) || node.id().equals(name);
    }

    private static Map<String, Integer> hops(Graph graph, List<String> middle, int far) {
        DefaultUndirectedGraph<String, Integer> links = new DefaultUndirectedGraph<>(Integer.class);
        graph.nodes().forEach(node -> links.addVertex(node.id()));
        for (int i = 0; i < graph.edges().size(); i++) {
            links.addEdge(graph.edges().get(i).from(), graph.edges().get(i).to(), i);
        }
        Map<String, Integer> hops = new LinkedHashMap<>();
        BreadthFirstIterator<String, Integer> walk = new BreadthFirstIterator<>(links, middle);
        while (walk.hasNext()) {
            String node = walk.next();
            if (walk.getDepth(node) > far) {
                break;
            }
            hops.put(node, walk.getDepth(node));
        }
        return hops;
    }

    /** A node with the number of its edges. */
    public record Busy(Graph.Node node, int edges) {}

    /** Returns the nodes with most edges, ties in the order of the graph. */
    public static List<Busy> busiest(Graph graph, int most) {
        Map<String, Integer> edges = new HashMap<>();
        graph.edges().forEach(edge -> {
            edges.merge(edge.from(), 1, Integer::sum);
            edges.merge(edge.to(), 1, Integer::sum);
        });
        return graph.nodes().stream()
                .map(node -> new Busy(node, edges.getOrDefault(node.id(), 0)))
                .sorted(Comparator.comparingInt(Busy::edges).reversed())
                .limit(most)
                .toList();
    }

    /** Returns the edges by the steps to their farther end, then the strongest first. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Graph.Edge edge : graph.edges()) {
            steps.add(new Step(Math.max(hops.get(edge.from()), hops.get(edge.to())), edge));
        }
        steps.sort(Comparator.comparingInt(Step::hop)
                .thenComparing(Comparator.comparingDouble(
                                (Step step) -> Math.abs(step.edge().weight()))
                        .reversed()));
        return steps;
    }

    /** Returns the label of each node by its id. */
    public Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        graph.nodes().forEach(node -> labels.put(node.id(), node.label()));
        return labels;
    }
}
