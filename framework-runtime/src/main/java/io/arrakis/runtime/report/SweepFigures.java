package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headline numbers of the trials of a sweep, of their steps and of the controls of these. */
final class SweepFigures {

    /** The step itself, beside its controls. */
    static final String OWN = "";

    private final List<Cell> cells = new ArrayList<>();
    private final Map<Series, List<Cell>> series = new LinkedHashMap<>();
    private final Map<Over, Map<Map<String, String>, Double>> means = new HashMap<>();

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

    /** A series by the values at some paths. */
    private record Over(Series series, Set<String> paths) {}

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

    /** Returns a figure of the steps of each trial that has it, by the id of the trial, and none of their controls. */
    Map<String, Cell> own(Figure figure) {
        return cells(new Series(figure, OWN))
                .collect(Collectors.toMap(Cell::trial, cell -> cell, (first, second) -> first));
    }

    /** Returns the mean of a figure over the trials with these settings; NaN where there is none. */
    double mean(Figure figure, String control, Map<String, String> settings) {
        Over over = new Over(new Series(figure, control), Set.copyOf(settings.keySet()));
        return means.computeIfAbsent(over, this::means).getOrDefault(settings, Double.NaN);
    }

    private Map<Map<String, String>, Double> means(Over over) {
        return cells(over.series())
                .filter(cell -> cell.settings().keySet().containsAll(over.paths()))
                .collect(Collectors.groupingBy(
                        cell -> over.paths().stream().collect(Collectors.toMap(path -> path, path -> cell.settings()
                                .get(path))),
                        Collectors.averagingDouble(Cell::value)));
    }

    private Stream<Cell> cells(Series one) {
        return series.getOrDefault(one, List.of()).stream();
    }
}
