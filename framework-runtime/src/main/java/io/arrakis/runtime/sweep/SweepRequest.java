package io.arrakis.runtime.sweep;

import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.spec.SweepExperiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A sweep to run.
 *
 * @param sweep         its trials
 * @param saveDirectory below it the sweep's directory is
 * @param file          the experiment file
 * @param overrides     {@code path=value} from the command line
 * @param limit         number of examples of each data set, at most
 * @param warnings      what was noticed while the file was read
 * @param failFast      whether the first failure ends the sweep
 * @param retry         which trials begin again beside those that did not begin and those that were stopped: FAILED, and
 *                      INTERRUPTED for those whose owner is on another machine
 */
public record SweepRequest(
        SweepExperiment sweep,
        Path saveDirectory,
        Path file,
        List<String> overrides,
        OptionalInt limit,
        List<Problem> warnings,
        boolean failFast,
        Set<TrialState> retry) {

    /** Copies the lists. */
    public SweepRequest {
        Objects.requireNonNull(sweep, "sweep");
        Objects.requireNonNull(saveDirectory, "saveDirectory");
        Objects.requireNonNull(file, "file");
        overrides = List.copyOf(overrides);
        Objects.requireNonNull(limit, "limit");
        warnings = List.copyOf(warnings);
        retry = Set.copyOf(retry);
    }
}
