package io.arrakis.runtime.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.result.Graph;
import io.arrakis.runtime.result.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * Node-link JSON: an object with {@code nodes} and {@code links}, as networkx's {@code node_link_graph} and d3 take it. Attributes
 * stand beside {@code id} and {@code label}, or {@code source}, {@code target}, {@code key}, {@code type} and {@code weight}; the
 * key numbers the edges between the same two nodes.
 */
final class NodeLinkJson {

    private NodeLinkJson() {}

    static String write(Graph graph) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("directed", true).put("multigraph", true).putObject("graph");
        ArrayNode nodes = tree.putArray("nodes");
        graph.nodes().forEach(node -> {
            ObjectNode object = nodes.addObject();
            put(object, node.attributes());
            object.put("id", node.id()).put("label", node.label());
        });
        Map<String, Integer> keys = new TreeMap<>();
        ArrayNode links = tree.putArray("links");
        graph.edges().forEach(edge -> {
            ObjectNode object = links.addObject();
            put(object, edge.attributes());
            int key = keys.merge(edge.from().length() + " " + edge.from() + edge.to(), 1, Integer::sum) - 1;
            object.put("source", edge.from())
                    .put("target", edge.to())
                    .put("key", key)
                    .put("type", edge.type())
                    .put("weight", edge.weight());
        });
        return Json.text(tree);
    }

    private static void put(ObjectNode object, Map<String, Object> attributes) {
        new TreeMap<>(attributes).forEach((name, value) -> {
            if (value instanceof Long number) {
                object.put(name, number);
            } else if (value instanceof Double number) {
                object.put(name, number);
            } else if (value instanceof Boolean flag) {
                object.put(name, flag);
            } else {
                object.put(name, value.toString());
            }
        });
    }
}
