package io.arrakis.tools.kg;

import io.arrakis.api.result.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An ordered pair of tokens with all heads that relate it.
 *
 * @param from   id of the first token
 * @param to     id of the second token
 * @param heads  the edges of the heads, the most certain first
 */
record MergedEdge(String from, String to, List<Graph.Edge> heads) {

    /** Returns the p-value of an edge. */
    static double pValue(Graph.Edge edge, Chance chance) {
        return (Double) edge.attributes().get(chance.attribute());
    }

    /** Returns the names of the heads. */
    String types() {
        return String.join(" ", heads.stream().map(Graph.Edge::type).toList());
    }

    double weight() {
        return heads.get(0).weight();
    }

    Graph.Edge edge() {
        Map<String, Object> attributes = new LinkedHashMap<>(heads.get(0).attributes());
        attributes.put("heads", (long) heads.size());
        attributes.put("types", types());
        return new Graph.Edge(from, to, heads.get(0).type(), weight(), attributes);
    }
}
