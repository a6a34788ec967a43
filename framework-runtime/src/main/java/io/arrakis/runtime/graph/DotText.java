package io.arrakis.runtime.graph;

import io.arrakis.api.result.Graph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Graphs for Graphviz: labels as labels, the type of an edge as its label, its weight and all attributes by their names. Everything
 * stands in quotes, so that no id is a keyword; JGraphT's exporter leaves names of attributes bare.
 */
final class DotText {

    private final StringBuilder text = new StringBuilder("digraph {\n");

    private DotText() {}

    static String write(Graph graph) {
        DotText dot = new DotText();
        graph.nodes().forEach(dot::node);
        graph.edges().forEach(dot::edge);
        return dot.text.append("}\n").toString();
    }

    private void node(Graph.Node node) {
        text.append("  ").append(quoted(node.id()));
        attributes(Map.of("label", node.label()), node.attributes());
    }

    private void edge(Graph.Edge edge) {
        text.append("  ").append(quoted(edge.from())).append(" -> ").append(quoted(edge.to()));
        attributes(new TreeMap<>(Map.of("label", edge.type(), "weight", edge.weight())), edge.attributes());
    }

    private void attributes(Map<String, ?> own, Map<String, Object> further) {
        Map<String, Object> all = new LinkedHashMap<>(own);
        new TreeMap<>(further).forEach(all::putIfAbsent);
        String separator = " [";
        for (Map.Entry<String, Object> attribute : all.entrySet()) {
            text.append(separator)
                    .append(quoted(attribute.getKey()))
                    .append('=')
                    .append(quoted(Plain.text(attribute.getValue())));
            separator = ", ";
        }
        text.append("];\n");
    }

    /** Quotes hold line ends as they are. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
