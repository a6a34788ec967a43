package io.arrakis.runtime.run;

import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.spec.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An experiment to run, with what only the record of the run needs.
 *
 * @param experiment    what to run
 * @param saveDirectory below it the run directory is made
 * @param file          the experiment file as the user named it
 * @param overrides     {@code path=value} from the command line
 * @param limit         number of examples of each data set, at most
 * @param warnings      what was noticed while the file was read
 * @param trial         which trial of a sweep it is
 */
public record RunRequest(
        Experiment experiment,
        Path saveDirectory,
        String file,
        List<String> overrides,
        OptionalInt limit,
        List<Problem> warnings,
        Optional<TrialMark> trial) {

    /** A run that is no trial of a sweep. */
    public RunRequest(
            Experiment experiment,
            Path saveDirectory,
            String file,
            List<String> overrides,
            OptionalInt limit,
            List<Problem> warnings) {
        this(experiment, saveDirectory, file, overrides, limit, warnings, Optional.empty());
    }

    /** Copies the lists. */
    public RunRequest {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(saveDirectory, "saveDirectory");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(trial, "trial");
        overrides = List.copyOf(overrides);
        warnings = List.copyOf(warnings);
    }
}
