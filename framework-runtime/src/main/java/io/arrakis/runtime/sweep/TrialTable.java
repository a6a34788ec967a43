package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runtime.result.ResultFiles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The table of trials: a row each, a column for each axis. */
final class TrialTable {

    private static final List<String> BEFORE = List.of("trial", "state");
    private static final List<String> FAILURE = List.of("cause", "code", "where", "message", "mend");
    private static final List<String> AFTER = List.of("attempt", "seconds", "smaller_batches", "in_grid");

    private TrialTable() {}

    /**
     * Returns the trials of a sweep and then its earlier ones, which the grid has no more.
     *
     * @param record what {@code sweep.json} holds
     */
    static String csv(JsonNode record) {
        Set<String> axes = axes(record);
        List<String> header = new ArrayList<>(BEFORE);
        header.addAll(axes);
        header.addAll(FAILURE);
        header.addAll(AFTER);
        List<List<?>> lines = new ArrayList<>();
        lines.add(header);
        record.path("trials").forEach(trial -> lines.add(cells(trial, axes, true)));
        record.path("earlier").forEach(trial -> lines.add(cells(trial, axes, false)));
        return ResultFiles.csv(lines);
    }

    private static Set<String> axes(JsonNode record) {
        Set<String> axes = new LinkedHashSet<>();
        record.path("axes").forEach(axis -> axes.add(axis.asText()));
        record.path("earlier")
                .forEach(trial -> trial.path("settings").fieldNames().forEachRemaining(axes::add));
        return axes;
    }

    private static List<Object> cells(JsonNode trial, Set<String> axes, boolean inGrid) {
        List<Object> cells = new ArrayList<>();
        cells.add(trial.path("id").asText());
        cells.add(trial.path("state").asText());
        axes.forEach(axis -> cells.add(trial.path("settings").path(axis).textValue()));
        FAILURE.forEach(name -> cells.add(trial.path(name).textValue()));
        cells.add(trial.path("attempt").longValue());
        cells.add(trial.path("seconds").doubleValue());
        cells.add(trial.path("smaller_batches").booleanValue());
        cells.add(inGrid);
        return cells;
    }
}
