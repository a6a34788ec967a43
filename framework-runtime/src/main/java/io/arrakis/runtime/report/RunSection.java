package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What was asked, on what it ran, how it ended, and what it cost. */
final class RunSection {

    private final Html html;
    private final JsonNode manifest;

    RunSection(Html html, JsonNode manifest) {
        this.html = html;
        this.manifest = manifest;
    }

    void head() {
        String state = manifest.path("state").asText();
        html.markup("<header><p class=\"state ")
                .text(state.toLowerCase(Locale.ROOT))
                .markup("\">")
                .text(state.toLowerCase(Locale.ROOT))
                .markup("</p>\n");
        html.element("h1", manifest.path("name").asText());
        html.element("p", "summary", summary());
        html.markup("</header>\n");
        problems();
        warnings();
    }

    private String summary() {
        JsonNode model = manifest.path("model");
        JsonNode arguments = manifest.path("arguments");
        return "%s (%s, %d blocks of width %d), seed %d, %s, on %s, in %s s."
                .formatted(
                        model.path("name").asText(),
                        model.path("family").asText(),
                        model.path("n_layers").asInt(),
                        model.path("d_model").asInt(),
                        arguments.path("seed").asLong(),
                        manifest.path("started").asText().replace('T', ' ').replaceAll("\\..*", " UTC"),
                        manifest.path("device").path("forward").asText("cpu"),
                        Numbers.text(manifest.path("seconds").asDouble()));
    }

    private void problems() {
        for (JsonNode problem : manifest.path("problems")) {
            html.markup("<div class=\"problem\" role=\"alert\"><b>")
                    .text(problem.path("code").asText())
                    .markup("</b> ");
            html.text(problem.path("message").asText())
                    .markup(" <span>")
                    .text(problem.path("mend").asText())
                    .markup("</span></div>\n");
        }
    }

    private void warnings() {
        JsonNode warnings = manifest.path("warnings");
        if (warnings.isEmpty()) {
            return;
        }
        html.markup("<details class=\"all-warnings\"><summary>" + warnings.size()
                + (warnings.size() == 1 ? " warning" : " warnings"));
        html.markup("</summary><ul>");
        for (JsonNode warning : warnings) {
            String step = warning.path("step").asText("");
            String control = warning.path("control").asText("");
            String where = warning.path("step").isNull()
                    ? ""
                    : step + (warning.path("control").isNull() ? "" : " (" + control + ")") + ": ";
            html.element("li", where + warning.path("message").asText());
        }
        html.markup("</ul></details>\n");
    }

    void contents(Iterable<StepFiles> steps) {
        html.markup("<nav aria-label=\"Steps\"><ul>");
        for (StepFiles step : steps) {
            html.markup("<li><a")
                    .attribute("href", "#step-" + step.name())
                    .markup(">")
                    .text(step.name())
                    .markup("</a></li>");
        }
        html.markup("<li><a href=\"#how\">how it ran</a></li></ul></nav>\n");
    }

    void foot(String yaml) {
        html.markup("<section id=\"how\"><h2>How it ran</h2>\n");
        html.element("p", manifest.path("device").path("why").asText());
        passes();
        html.markup("<details><summary>The experiment, with every default written out</summary><pre><code>")
                .text(yaml)
                .markup("</code></pre></details>\n");
        html.markup("<details><summary>Versions</summary><table><tbody>");
        manifest.path("versions").properties().forEach(entry -> html.markup("<tr><th scope=\"row\">")
                .text(entry.getKey())
                .markup("</th><td>")
                .text(entry.getValue().asText())
                .markup("</td></tr>"));
        html.markup("</tbody></table></details></section>\n");
    }

    private void passes() {
        html.markup(
                "<figure class=\"table\"><figcaption>Forward passes</figcaption><div class=\"scroll\"><table><thead><tr>");
        html.markup(
                "<th>model</th><th>texts</th><th>hook points</th><th class=\"number\">texts</th><th class=\"number\">tokens</th><th>state</th>");
        html.markup("</tr></thead><tbody>\n");
        for (JsonNode pass : manifest.path("passes")) {
            String hooks = StreamSupport.stream(pass.path("hooks").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
            html.markup("<tr>")
                    .element("td", pass.path("model").asText())
                    .element("td", pass.path("texts").asText())
                    .element("td", hooks);
            html.element("td", "number", Numbers.text(pass.path("examples").asDouble()));
            html.element("td", "number", Numbers.text(pass.path("tokens").asDouble()));
            html.element(
                            "td",
                            pass.path("state").asText().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .markup("</tr>\n");
        }
        html.markup("</tbody></table></div></figure>\n");
    }
}
