package io.arrakis.runtime.sweep;

import io.arrakis.runtime.result.ResultFiles;
import java.util.ArrayList;
import java.util.List;

/** The table of trials: a row each, a column for each axis. */
final class TrialTable {

    private static final List<String> BEFORE = List.of("trial", "state");
    private static final List<String> AFTER =
            List.of("cause", "code", "where", "message", "mend", "attempt", "seconds", "smaller_batches");

    private final List<String> axes;

    TrialTable(List<String> axes) {
        this.axes = axes;
    }

    String csv(List<TrialResult> trials) {
        List<String> header = new ArrayList<>(BEFORE);
        header.addAll(axes);
        header.addAll(AFTER);
        List<List<?>> lines = new ArrayList<>();
        lines.add(header);
        trials.forEach(result -> lines.add(cells(result)));
        return ResultFiles.csv(lines);
    }

    private List<Object> cells(TrialResult result) {
        TrialStatus status = result.status();
        List<Object> cells = new ArrayList<>();
        cells.add(result.trial().id());
        cells.add(status.state().name());
        axes.forEach(axis -> cells.add(result.trial().settings().get(axis)));
        cells.add(status.cause().map(FailureCause::id).orElse(null));
        cells.add(status.failure().map(TrialFailure::code).orElse(null));
        cells.add(status.failure().map(TrialFailure::where).orElse(null));
        cells.add(status.failure().map(TrialFailure::message).orElse(null));
        cells.add(status.failure().map(TrialFailure::mend).orElse(null));
        cells.add((long) status.attempt());
        cells.add(status.seconds());
        cells.add(status.batchDivisor() > 1);
        return cells;
    }
}
