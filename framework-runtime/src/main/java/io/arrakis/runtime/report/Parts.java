package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A result taken apart: what has a file of its own, and the plain values, each by its path.
 *
 * @param figures what {@code $figure} stands for
 * @param tables  what {@code $table} stands for
 * @param graphs  what {@code $graph} stands for
 * @param tensors what {@code $tensor} stands for
 * @param values  numbers, estimates and texts
 */
record Parts(
        Map<String, JsonNode> figures,
        Map<String, JsonNode> tables,
        Map<String, JsonNode> graphs,
        Map<String, JsonNode> tensors,
        Map<String, JsonNode> values) {

    private static final Set<String> SHOWN_ELSEWHERE = Set.of("warnings", "evaluation");

    static Parts of(JsonNode result) {
        Parts parts = new Parts(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
        parts.collect("", result);
        return parts;
    }

    private void collect(String path, JsonNode node) {
        if (SHOWN_ELSEWHERE.contains(path)) {
            return;
        }
        if (node.has("$figure")) {
            figures.put(path, node);
        } else if (node.has("$table")) {
            tables.put(path, node);
        } else if (node.has("$graph")) {
            graphs.put(path, node);
        } else if (node.has("$tensor")) {
            tensors.put(path, node);
        } else if (node.isValueNode() || Numbers.isEstimate(node)) {
            values.put(path, node);
        } else {
            descend(path, node);
        }
    }

    private void descend(String path, JsonNode node) {
        String prefix = path.isEmpty() ? "" : path + ".";
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(prefix + i, node.get(i));
            }
        } else {
            node.properties().forEach(entry -> collect(prefix + entry.getKey(), entry.getValue()));
        }
    }
}
