package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The headline numbers of the trials of a sweep, of their steps and of the controls of these. */
final class SweepFigures {

    /** The step itself, beside its controls. */
    static final String OWN = "";

    private final List<Cell> cells = new ArrayList<>();
    private final Map<Series, List<Cell>> series = new LinkedHashMap<>();

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

    private record Series(Figure figure, String control) {}

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
            Cell cell = new Cell(id, settings, figure, control, node);
            cells.add(cell);
            series.computeIfAbsent(new Series(figure, control), unused -> new ArrayList<>())
                    .add(cell);
        }
    }

    List<Cell> cells() {
        return cells;
    }

    /** Returns the figures, in the order in which they were met. */
    List<Figure> figures() {
        return series.keySet().stream().map(Series::figure).distinct().toList();
    }

    /** Returns the controls that a figure has. */
    List<String> controls(Figure figure) {
        return series.keySet().stream()
                .filter(one -> one.figure().equals(figure) && !one.control().equals(OWN))
                .map(Series::control)
                .toList();
    }

    /** Returns a figure of the steps of a trial, not of their controls. */
    Optional<Cell> own(String trial, Figure figure) {
        return cells(figure, OWN).filter(cell -> cell.trial().equals(trial)).findFirst();
    }

    /** Returns the mean of a figure over the trials with these settings; NaN where there is none. */
    double mean(Figure figure, String control, Map<String, String> settings) {
        return cells(figure, control)
                .filter(cell -> cell.settings().entrySet().containsAll(settings.entrySet()))
                .mapToDouble(Cell::value)
                .average()
                .orElse(Double.NaN);
    }

    private Stream<Cell> cells(Figure figure, String control) {
        return series.getOrDefault(new Series(figure, control), List.of()).stream();
    }
}
