package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.result.Graph;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.result.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** One step: its numbers beside those of its controls, its warnings, pictures and tables. */
final class StepSection {

    private static final int MOST_EDGES = 400;

    private final Html html;
    private final StepFiles step;
    private final Parts parts;
    private final JsonNode descriptions;

    StepSection(Html html, StepFiles step) {
        this.html = html;
        this.step = step;
        this.parts = Parts.of(step.result().path("result"));
        this.descriptions = step.result().path("descriptions");
    }

    void write() throws IOException {
        html.markup("<section class=\"step\"")
                .attribute("id", "step-" + step.name())
                .markup(">\n");
        html.element("h2", step.name());
        html.markup("<p class=\"operation\"><code>")
                .text(step.result().path("operation").asText())
                .markup("</code></p>\n");
        warnings();
        headlines();
        evaluation();
        figures();
        graphs();
        tables();
        further();
        html.markup("</section>\n");
    }

    private void warnings() {
        JsonNode warnings = step.result().path("result").path("warnings");
        if (warnings.isArray() && !warnings.isEmpty()) {
            html.markup("<ul class=\"warnings\">");
            warnings.forEach(warning -> html.element("li", warning.asText()));
            html.markup("</ul>\n");
        }
    }

    private void headlines() {
        html.markup("<dl class=\"headlines\">\n");
        for (JsonNode headline : step.result().path("headlines")) {
            String path = headline.path("path").asText();
            JsonNode value = StepFiles.at(step.result(), path);
            if (value.isNull() || value.isMissingNode()) {
                continue;
            }
            html.markup("<div>").element("dt", headline.path("label").asText());
            html.markup("<dd><span class=\"value\">").text(number(value)).markup("</span> ");
            html.element("span", "interval", Numbers.interval(value));
            for (Map.Entry<String, JsonNode> control : step.controls().entrySet()) {
                JsonNode other = StepFiles.at(control.getValue(), path);
                if (!other.isMissingNode()) {
                    html.markup("<span class=\"control\">")
                            .text(control.getKey().replace('_', ' '))
                            .markup(" <b>");
                    html.text(number(other))
                            .markup("</b> ")
                            .text(Numbers.interval(other))
                            .markup("</span>");
                }
            }
            html.markup("</dd></div>\n");
        }
        html.markup("</dl>\n");
    }

    private static String number(JsonNode node) {
        OptionalDouble value = Numbers.value(node);
        return value.isPresent()
                ? Numbers.text(value.getAsDouble())
                : node.isObject() ? Json.text(node) : Numbers.any(node);
    }

    private void evaluation() {
        JsonNode rows = step.result().path("result").path("evaluation").path("rows");
        if (!rows.isArray() || rows.isEmpty()) {
            return;
        }
        html.markup(
                "<figure class=\"table\"><figcaption>Held against known truth</figcaption><div class=\"scroll\"><table>");
        html.markup("<thead><tr><th>id</th><th>figure</th><th class=\"number\">value</th><th>interval</th>");
        step.controls().keySet().forEach(name -> html.element("th", "number", name.replace('_', ' ')));
        html.markup("<th class=\"number\">required</th><th>met</th></tr></thead><tbody>\n");
        rows.forEach(this::evaluationRow);
        html.markup("</tbody></table></div></figure>\n");
    }

    private void evaluationRow(JsonNode row) {
        html.markup("<tr>")
                .element("td", row.path("id").asText())
                .element("td", row.path("figure").asText());
        html.element("td", "number", number(row.path("value"))).element("td", Numbers.interval(row.path("value")));
        for (JsonNode control : step.controls().values()) {
            html.element("td", "number", controlValue(control, row));
        }
        boolean required = row.path("required").isNumber();
        html.element(
                "td", "number", required ? Numbers.text(row.path("required").doubleValue()) : "");
        OptionalDouble value = Numbers.value(row.path("value"));
        boolean met = value.isPresent()
                && required
                && value.getAsDouble() >= row.path("required").doubleValue();
        html.element("td", required ? (met ? "yes" : "no") : "").markup("</tr>\n");
    }

    private static String controlValue(JsonNode control, JsonNode row) {
        for (JsonNode other : StepFiles.at(control, "evaluation.rows")) {
            if (other.path("id").equals(row.path("id")) && other.path("figure").equals(row.path("figure"))) {
                return number(other.path("value"));
            }
        }
        return "";
    }

    private void figures() throws IOException {
        for (Map.Entry<String, JsonNode> part : parts.figures().entrySet()) {
            JsonNode figure = Json.read(
                    step.directory().resolve(part.getValue().path("$figure").asText()));
            picture(part.getKey(), figure.path("title").asText(), figure);
        }
    }

    private void graphs() throws IOException {
        for (Map.Entry<String, JsonNode> part : parts.graphs().entrySet()) {
            String path = part.getKey();
            Graph graph = ResultFiles.graph(
                    step.directory().resolve(part.getValue().path("$graph").asText()));
            String shown = graph.edges().size() > MOST_EDGES ? ", the " + MOST_EDGES + " strongest shown" : "";
            String caption = describe(path) + " " + graph.nodes().size() + " nodes, "
                    + graph.edges().size() + " edges" + shown + ".";
            picture(path, caption, tree(graph));
        }
    }

    private static JsonNode tree(Graph graph) {
        List<Graph.Edge> edges = graph.edges().stream()
                .sorted((a, b) -> Double.compare(Math.abs(b.weight()), Math.abs(a.weight())))
                .limit(MOST_EDGES)
                .toList();
        Set<String> touched = new LinkedHashSet<>();
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("kind", "graph");
        ArrayNode links = tree.putArray("edges");
        for (Graph.Edge edge : edges) {
            touched.add(edge.from());
            touched.add(edge.to());
            links.addObject()
                    .put("from", edge.from())
                    .put("to", edge.to())
                    .put("type", edge.type())
                    .put("weight", edge.weight());
        }
        ArrayNode nodes = tree.putArray("nodes");
        graph.nodes().stream()
                .filter(node -> touched.contains(node.id()))
                .forEach(node -> nodes.addObject().put("id", node.id()).put("label", node.label()));
        return tree;
    }

    private void picture(String path, String caption, JsonNode data) {
        html.picture("data-" + step.name() + "-" + path, caption, data);
    }

    private void tables() throws IOException {
        TableSection section = new TableSection(html);
        for (Map.Entry<String, JsonNode> part : parts.tables().entrySet()) {
            Path file = step.directory().resolve(part.getValue().path("$table").asText());
            String link = "results/" + step.name() + "/" + file.getFileName();
            section.write(describe(part.getKey()), part.getValue(), file, link);
        }
    }

    private void further() {
        html.markup("<details><summary>All values</summary><table><tbody>\n");
        parts.values().forEach((path, value) -> html.markup("<tr><th scope=\"row\">")
                .text(path)
                .markup("</th><td>")
                .text(Numbers.any(value))
                .markup("</td></tr>\n"));
        parts.tensors().forEach((path, tensor) -> html.markup("<tr><th scope=\"row\">")
                .text(path)
                .markup("</th><td>")
                .text(tensor.path("axes") + " " + tensor.path("shape") + " in "
                        + tensor.path("file").asText())
                .markup("</td></tr>\n"));
        html.markup("</tbody></table></details>\n");
    }

    private String describe(String path) {
        String withoutIndices = path.replaceAll("\\.\\d+(?=\\.|$)", "");
        String description = descriptions.path(withoutIndices).asText("");
        return description.isEmpty() ? path.replace('_', ' ') : description;
    }
}
