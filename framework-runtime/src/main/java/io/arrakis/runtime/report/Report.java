package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.result.RunManifest;
import java.io.IOException;
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
        return write(run, RunManifest.read(run));
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
        body();
        return Page.of(manifest.path("name").asText(), html);
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
}
