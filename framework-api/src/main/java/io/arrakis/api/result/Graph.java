package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Nodes and typed, weighted, directed edges, written as GraphML.
 *
 * @param nodes the nodes
 * @param edges the edges; several between the same nodes are allowed
 */
@Stable
public record Graph(List<Node> nodes, List<Edge> edges) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException naming a node id that stands twice, or an edge's node that is not there
     */
    public Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        Set<String> ids = new HashSet<>();
        for (Node node : nodes) {
            if (!ids.add(node.id())) {
                throw new IllegalArgumentException("two nodes with the id '" + node.id() + "'");
            }
        }
        for (Edge edge : edges) {
            if (!ids.contains(edge.from()) || !ids.contains(edge.to())) {
                throw new IllegalArgumentException(
                        "edge " + edge.from() + " -> " + edge.to() + " has a node that is not there");
            }
        }
    }

    /**
     * A node.
     *
     * @param id         unique
     * @param label      for people
     * @param attributes {@link String}, {@link Long}, {@link Double} or {@link Boolean} by name, in their order
     */
    public record Node(String id, String label, Map<String, Object> attributes) {

        /** Checks that nothing is null. */
        public Node {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(attributes, "attributes");
        }
    }

    /**
     * A directed edge.
     *
     * @param from       id of a node
     * @param to         id of a node
     * @param type       what the edge says of them
     * @param weight     how strongly; finite
     * @param attributes as a node's
     */
    public record Edge(String from, String to, String type, double weight, Map<String, Object> attributes) {

        /** Checks that nothing is null and that the weight is finite. */
        public Edge {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(attributes, "attributes");
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("edge " + from + " -> " + to + " has the weight " + weight);
            }
        }
    }
}
