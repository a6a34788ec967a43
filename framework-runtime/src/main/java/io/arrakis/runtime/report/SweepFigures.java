package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The headline numbers of the trials of a sweep, of their steps and of the controls of these. */
final class SweepFigures {

    /** The step itself, beside its controls. */
    static final String OWN = "";

    private final List<Cell> cells = new ArrayList<>();

    /**
     * Which number.
     *
     * @param step  name of the step
     * @param path  where it stands in the result
     * @param label what it is
     */
    record Figure(String step, String path, String label) {}

    /**
     * One number.
     *
     * @param trial    id of the trial
     * @param settings its settings by path
     * @param figure   which number
     * @param control  name of the control, or {@link #OWN}
     * @param node     the number or estimate
     */
    record Cell(String trial, Map<String, String> settings, Figure figure, String control, JsonNode node) {

        double value() {
            return Numbers.value(node).orElse(Double.NaN);
        }
    }

    /** Reads the results of the trials of a sweep that are finished. */
    static SweepFigures read(Path sweep, JsonNode record) throws IOException {
        SweepFigures figures = new SweepFigures();
        for (JsonNode trial : record.path("trials")) {
            if (trial.path("state").asText().equals("FINISHED")) {
                figures.add(sweep, trial);
            }
        }
        return figures;
    }

    private void add(Path sweep, JsonNode trial) throws IOException {
        String id = trial.path("id").asText();
        Map<String, String> settings = new LinkedHashMap<>();
        trial.path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        Path results = sweep.resolve("trials").resolve(id).resolve("results");
        if (!Files.isDirectory(results)) {
            return;
        }
        List<String> names;
        try (Stream<Path> steps = Files.list(results)) {
            names = steps.map(step -> step.getFileName().toString()).sorted().toList();
        }
        for (String name : names) {
            StepFiles.read(results, name).ifPresent(step -> add(id, settings, step));
        }
    }

    private void add(String id, Map<String, String> settings, StepFiles step) {
        for (JsonNode headline : step.result().path("headlines")) {
            Figure figure = new Figure(
                    step.name(),
                    headline.path("path").asText(),
                    headline.path("label").asText());
            add(id, settings, figure, OWN, step.result());
            step.controls().forEach((control, result) -> add(id, settings, figure, control, result));
        }
    }

    private void add(String id, Map<String, String> settings, Figure figure, String control, JsonNode result) {
        JsonNode node = StepFiles.at(result, figure.path());
        OptionalDouble value = Numbers.value(node);
        if (value.isPresent()) {
            cells.add(new Cell(id, settings, figure, control, node));
        }
    }

    List<Cell> cells() {
        return cells;
    }

    /** Returns the figures, in the order in which they were met. */
    List<Figure> figures() {
        return cells.stream().map(Cell::figure).distinct().toList();
    }

    /** Returns the controls that a figure has. */
    List<String> controls(Figure figure) {
        return cells.stream()
                .filter(cell -> cell.figure().equals(figure) && !cell.control().equals(OWN))
                .map(Cell::control)
                .distinct()
                .toList();
    }

    /** Returns the mean of a figure over the trials with these settings; NaN where there is none. */
    double mean(Figure figure, String control, Map<String, String> settings) {
        return cells.stream()
                .filter(cell -> cell.figure().equals(figure)
                        && cell.control().equals(control)
                        && cell.settings().entrySet().containsAll(settings.entrySet()))
                .mapToDouble(Cell::value)
                .average()
                .orElse(Double.NaN);
    }
}
