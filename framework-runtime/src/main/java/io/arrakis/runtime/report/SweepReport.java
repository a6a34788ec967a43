package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.report.SweepFigures.Cell;
import io.arrakis.runtime.report.SweepFigures.Figure;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.sweep.SweepDirectory;
import io.arrakis.runtime.sweep.SweepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the report of a sweep: one HTML file with its headline numbers over what was varied, the table of trials, and failures with
 * their causes; and {@code figures.csv} with all of those numbers. It reads the directory of the sweep and nothing else.
 */
public final class SweepReport {

    private static final int MOST_ROWS = 1000;
    private static final int MOST_FAILURES = 50;

    private final Path sweep;
    private final JsonNode record;
    private final SweepFigures figures;
    private final Map<Figure, Map<String, Cell>> own = new HashMap<>();
    private final Html html = new Html();

    private SweepReport(Path sweep, JsonNode record, SweepFigures figures) {
        this.sweep = sweep;
        this.record = record;
        this.figures = figures;
    }

    /** Returns whether a directory is that of a sweep. */
    public static boolean isSweep(Path directory) {
        return Files.isRegularFile(directory.resolve("sweep.json"));
    }

    /**
     * Writes {@code report.html} and {@code figures.csv} into the directory of a sweep, and {@code trials.csv} and
     * {@code sweep.json} anew, as the folders of the trials say now.
     *
     * @return the report
     * @throws ArrakisException with {@code FILE-MISSING} if it is no such directory, or if a file cannot be written
     */
    public static Path write(Path sweep) {
        if (!isSweep(sweep)) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    sweep.toString(),
                    "it is not the directory of a sweep: it has no sweep.json",
                    "name a directory sweep-... below runs/");
        }
        Path file = sweep.resolve("report.html");
        try {
            JsonNode record = SweepRecord.refresh(new SweepDirectory(sweep.toAbsolutePath()));
            SweepReport report = new SweepReport(sweep, record, SweepFigures.read(sweep, record));
            AtomicFiles.write(sweep.resolve("figures.csv"), report.csv());
            AtomicFiles.write(file, report.page());
            return file;
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    private String csv() {
        List<String> axes = axes();
        List<String> header = new ArrayList<>(List.of("trial"));
        header.addAll(axes);
        header.addAll(List.of("step", "control", "figure", "value", "low", "high"));
        List<List<?>> lines = new ArrayList<>();
        lines.add(header);
        for (Cell cell : figures.cells()) {
            List<Object> cells = new ArrayList<>(List.of(cell.trial()));
            axes.forEach(axis -> cells.add(cell.settings().get(axis)));
            cells.add(cell.figure().step());
            cells.add(cell.control().isEmpty() ? null : cell.control());
            cells.add(cell.figure().path());
            cells.add(cell.value());
            cells.add(end(cell, "low"));
            cells.add(end(cell, "high"));
            lines.add(cells);
        }
        return ResultFiles.csv(lines);
    }

    private static Double end(Cell cell, String name) {
        JsonNode end = cell.node().path(name);
        return end.isNumber() ? end.doubleValue() : null;
    }

    private List<String> axes() {
        List<String> axes = new ArrayList<>();
        record.path("axes").forEach(axis -> axes.add(axis.asText()));
        return axes;
    }

    private String page() throws IOException {
        head();
        failures();
        pictures();
        trials();
        foot();
        return Page.of(record.path("name").asText(), html);
    }

    private void head() {
        String state = record.path("state").asText().toLowerCase(Locale.ROOT);
        html.markup("<header><p")
                .attribute("class", "state " + state)
                .markup(">")
                .text(state)
                .markup("</p>\n");
        html.element("h1", record.path("name").asText());
        html.element("p", "summary", summary());
        html.markup("</header>\n");
    }

    private String summary() {
        List<String> parts = new ArrayList<>(
                List.of("A sweep of " + record.path("trials").size() + " trials over " + String.join(", ", axes())));
        for (String state : List.of("FINISHED", "FAILED", "INTERRUPTED", "RUNNING", "PENDING")) {
            long count = count(state);
            if (count > 0) {
                parts.add(count + " " + state.toLowerCase(Locale.ROOT));
            }
        }
        int earlier = record.path("earlier").size();
        if (earlier > 0) {
            parts.add(earlier + " that the grid has no more are in trials.csv only");
        }
        return String.join("; ", parts) + ".";
    }

    private long count(String state) {
        long count = 0;
        for (JsonNode trial : record.path("trials")) {
            count += trial.path("state").asText().equals(state) ? 1 : 0;
        }
        return count;
    }

    private void failures() {
        long failed = count("FAILED");
        int shown = 0;
        for (JsonNode trial : record.path("trials")) {
            if (shown < MOST_FAILURES && trial.path("state").asText().equals("FAILED")) {
                failure(trial);
                shown++;
            }
        }
        if (failed > shown) {
            html.markup("<p>And " + (failed - shown) + " more that failed; ");
            html.markup("all in <a href=\"trials.csv\">trials.csv</a>.</p>\n");
        }
    }

    private void failure(JsonNode trial) {
        html.markup("<div class=\"problem\" role=\"alert\"><b>")
                .text(trial.path("cause").asText())
                .markup("</b> ");
        html.text(settings(trial) + ": " + trial.path("message").asText()).markup(" (<code>");
        html.text(trial.path("where").asText()).markup("</code>) ");
        html.text(trial.path("mend").asText()).markup(" <a");
        html.attribute("href", "trials/" + trial.path("id").asText() + "/log.txt")
                .markup(">log</a></div>\n");
    }

    private static String settings(JsonNode trial) {
        List<String> settings = new ArrayList<>();
        trial.path("settings")
                .properties()
                .forEach(entry ->
                        settings.add(entry.getKey().substring(entry.getKey().lastIndexOf('.') + 1) + "="
                                + entry.getValue().asText()));
        return String.join(", ", settings);
    }

    private void pictures() {
        SweepPictures pictures = new SweepPictures(html, figures, SweepAxis.of(record));
        String step = "";
        for (Figure figure : figures.figures()) {
            if (!figure.step().equals(step)) {
                html.markup(step.isEmpty() ? "" : "</section>\n");
                step = figure.step();
                html.markup("<section class=\"step\">\n").element("h2", step);
            }
            pictures.write(figure);
        }
        html.markup(step.isEmpty() ? "" : "</section>\n");
    }

    private void trials() {
        List<Figure> shown = figures.figures();
        html.markup("<section id=\"trials\"><h2>Trials</h2>\n<figure class=\"table\"><figcaption>");
        html.text(
                record.path("trials").size() > MOST_ROWS ? "The first " + MOST_ROWS + "; all in " : "All of this in ");
        html.markup("<a href=\"trials.csv\">trials.csv</a> and <a href=\"figures.csv\">figures.csv</a></figcaption>");
        html.markup("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Trials\">");
        html.markup("<table class=\"sortable\"><thead><tr>");
        column("trial");
        axes().forEach(axis -> column(axis.substring(axis.lastIndexOf('.') + 1)));
        column("state");
        shown.forEach(figure -> column(figure.step() + ": " + figure.label()));
        html.markup("</tr></thead><tbody>\n");
        int row = 0;
        for (JsonNode trial : record.path("trials")) {
            if (row++ < MOST_ROWS) {
                row(trial, shown);
            }
        }
        html.markup("</tbody></table></div></figure></section>\n");
    }

    private void column(String name) {
        html.markup("<th scope=\"col\"><button type=\"button\">").text(name).markup("</button></th>");
    }

    private void row(JsonNode trial, List<Figure> shown) {
        String id = trial.path("id").asText();
        html.markup("<tr><td><a")
                .attribute("href", "trials/" + id + "/")
                .markup(">")
                .text(id)
                .markup("</a></td>");
        axes().forEach(axis ->
                html.element("td", trial.path("settings").path(axis).asText("")));
        String smaller = trial.path("smaller_batches").asBoolean() ? ", with smaller batches" : "";
        html.element("td", trial.path("state").asText().toLowerCase(Locale.ROOT) + smaller);
        shown.forEach(figure -> number(id, figure));
        html.markup("</tr>\n");
    }

    private void number(String id, Figure figure) {
        Cell found = own.computeIfAbsent(figure, figures::own).get(id);
        if (found == null) {
            html.markup("<td></td>");
            return;
        }
        html.markup("<td class=\"number\"")
                .attribute("data-value", Double.toString(found.value()))
                .markup(">")
                .text(Numbers.any(found.node()))
                .markup("</td>");
    }

    private void foot() throws IOException {
        Path yaml = sweep.resolve("experiment.yaml");
        String text = Files.isRegularFile(yaml) ? Files.readString(yaml) : "";
        html.markup("<section id=\"how\"><h2>How it ran</h2>\n");
        List<String> set = new ArrayList<>();
        record.path("set").forEach(item -> set.add("--set " + item.asText()));
        JsonNode limit = record.path("limit");
        set.addAll(limit.isInt() ? Arrays.asList("--limit", limit.asText()) : List.of());
        html.element("p", set.isEmpty() ? "As the file says." : "With " + String.join(" ", set) + ".");
        for (JsonNode pass : record.path("passes")) {
            html.element(
                    "p",
                    "One pass of %s over %s for all trials: %d texts, %s tokens, %d hook points, %s s%s."
                            .formatted(
                                    pass.path("model").asText(),
                                    pass.path("texts").asText(),
                                    pass.path("examples").asInt(),
                                    Numbers.text(pass.path("tokens").asDouble()),
                                    pass.path("hook_points").asInt(),
                                    Numbers.text(pass.path("seconds").asDouble()),
                                    pass.path("computed").asInt() == 0 ? ", all from the cache" : ""));
        }
        html.markup("<details><summary>The experiment, as it was written</summary><pre><code>")
                .text(text)
                .markup("</code></pre></details></section>\n");
    }
}
