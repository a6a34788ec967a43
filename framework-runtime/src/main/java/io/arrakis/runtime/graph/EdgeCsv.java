package io.arrakis.runtime.graph;

import io.arrakis.api.result.Graph;
import io.arrakis.runtime.result.ResultFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The edges of a graph as a table after RFC 4180: ids and labels of both ends, type, weight, and a column for each attribute of edges.
 * Attributes of nodes, and nodes without an edge, are not in it.
 */
final class EdgeCsv {

    private static final List<String> FIXED = List.of("from", "to", "from_label", "to_label", "type", "weight");

    private EdgeCsv() {}

    static String write(Graph graph) {
        Map<String, String> labels = new HashMap<>();
        graph.nodes().forEach(node -> labels.put(node.id(), node.label()));
        TreeSet<String> names = new TreeSet<>();
        graph.edges().forEach(edge -> names.addAll(edge.attributes().keySet()));
        names.removeAll(FIXED);
        List<List<?>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(FIXED);
        header.addAll(names);
        rows.add(header);
        for (Graph.Edge edge : graph.edges()) {
            List<Object> row = new ArrayList<>(List.of(
                    edge.from(),
                    edge.to(),
                    labels.get(edge.from()),
                    labels.get(edge.to()),
                    edge.type(),
                    edge.weight()));
            names.forEach(name -> row.add(edge.attributes().get(name)));
            rows.add(row);
        }
        return ResultFiles.csv(rows);
    }
}
