package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.result.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the report of a run: one HTML file that needs no network and no other file.
 *
 * <p>It reads the run directory and nothing else, so the same directory gives the same bytes. Runs that failed have one too, of
 * what they saved.
 */
public final class Report {

    private static final String ECHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";
    private static final String POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private final Path run;
    private final JsonNode manifest;
    private final Html html = new Html();

    private Report(Path run, JsonNode manifest) {
        this.run = run;
        this.manifest = manifest;
    }

    /**
     * Writes {@code report.html} into a run directory, of the manifest that is there.
     *
     * @return the file
     * @throws ArrakisException with {@code FILE-MISSING} if it is no run directory, or if the file cannot be written
     */
    public static Path write(Path run) {
        Path manifest = run.resolve("manifest.json");
        if (!Files.isRegularFile(manifest)) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    run.toString(),
                    "it is no run directory: it has no manifest.json",
                    "name a directory below runs/");
        }
        try {
            return write(run, Json.read(manifest));
        } catch (IOException e) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    manifest.toString(),
                    "it cannot be read: " + e.getMessage(),
                    "run it again");
        }
    }

    /**
     * Writes {@code report.html} into the directory of a run that is about to end.
     *
     * @param manifest as it will be written
     * @return the file
     * @throws ArrakisException if the file cannot be written
     */
    public static Path write(Path run, JsonNode manifest) {
        Path file = file(run);
        try {
            AtomicFiles.write(file, new Report(run, manifest).page());
            return file;
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    /** Returns where the report of a run is. */
    public static Path file(Path run) {
        return run.resolve("report.html");
    }

    private String page() throws IOException {
        html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.markup("<meta http-equiv=\"Content-Security-Policy\"")
                .attribute("content", POLICY)
                .markup(">\n");
        html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.element("title", manifest.path("name").asText() + " – Arrakis");
        html.markup("<style>\n").markup(resource("report.css")).markup("</style>\n</head>\n<body>\n<main>\n");
        body();
        html.markup("</main>\n<script>").markup(script(ECHARTS)).markup("</script>\n");
        html.markup("<script>\n").markup(resource("report.js")).markup("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private void body() throws IOException {
        RunSection about = new RunSection(html, manifest);
        List<StepFiles> steps = steps();
        about.head();
        about.contents(steps);
        for (StepFiles step : steps) {
            new StepSection(html, step).write();
        }
        Path yaml = run.resolve("experiment.yaml");
        about.foot(Files.isRegularFile(yaml) ? Files.readString(yaml) : "");
    }

    private List<StepFiles> steps() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        manifest.path("steps").forEach(step -> names.add(step.path("name").asText()));
        List<StepFiles> steps = new ArrayList<>();
        for (String name : names) {
            StepFiles.read(run.resolve("results"), name).ifPresent(steps::add);
        }
        return steps;
    }

    /** A script must not hold what would end its element. */
    private static String script(String name) throws IOException {
        return resource(name).replace("</script", "<\\/script");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
