package io.arrakis.runtime.sweep;

import io.arrakis.runtime.result.TableCsv;
import java.util.ArrayList;
import java.util.List;

/** The table of trials: a row each, a column for each axis. */
final class TrialTable {

    private static final List<String> BEFORE = List.of("trial", "state");
    private static final List<String> AFTER =
            List.of("cause", "code", "message", "attempt", "seconds", "smaller_batches");

    private final List<String> axes;

    TrialTable(List<String> axes) {
        this.axes = axes;
    }

    String csv(List<TrialResult> trials) {
        StringBuilder csv = new StringBuilder();
        List<String> header = new ArrayList<>(BEFORE);
        header.addAll(axes);
        header.addAll(AFTER);
        TableCsv.line(csv, header);
        trials.forEach(result -> TableCsv.line(csv, cells(result)));
        return csv.toString();
    }

    private List<Object> cells(TrialResult result) {
        TrialStatus status = result.status();
        List<Object> cells = new ArrayList<>();
        cells.add(result.trial().id());
        cells.add(status.state().name());
        axes.forEach(axis -> cells.add(result.trial().settings().get(axis)));
        cells.add(status.cause().map(FailureCause::id).orElse(null));
        cells.add(status.code().isEmpty() ? null : status.code());
        cells.add(status.message().isEmpty() ? null : status.message());
        cells.add((long) status.attempt());
        cells.add(status.seconds());
        cells.add(status.batchDivisor() > 1);
        return cells;
    }
}
