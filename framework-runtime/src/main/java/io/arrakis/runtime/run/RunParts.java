package io.arrakis.runtime.run;

import io.arrakis.runtime.spec.Experiment;
import java.util.Optional;

/**
 * What belongs to one run.
 *
 * @param experiment what is run
 * @param session    what it shares with other runs
 * @param models    opened models
 * @param data      opened data sets
 * @param directory where files go
 * @param manifest  how it stands
 * @param results    what other trials have computed
 * @param log       its log
 */
record RunParts(
        Experiment experiment,
        RunSession session,
        ModelPool models,
        DataPool data,
        RunDirectory directory,
        Manifest manifest,
        RunLog log,
        SharedResults results) {

    /** Returns what the run needs of the process. */
    RunServices services() {
        return session.services();
    }

    /** Keeps a warning that the user has been told already. */
    void note(String message) {
        manifest.warning(Optional.empty(), message);
        log.warn("{}", message);
    }

    /** Notes something that does not stop the run. */
    void warn(Optional<StepId> step, String message) {
        manifest.warning(step, message);
        log.warn("{}{}", step.map(id -> id + ": ").orElse(""), message);
        services().listener().warned(step.map(id -> id + ": ").orElse("") + message);
    }
}
