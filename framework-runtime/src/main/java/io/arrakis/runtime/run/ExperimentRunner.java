package io.arrakis.runtime.run;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.spec.Experiment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs experiments: makes a run directory, runs the steps and their controls, saves what they give, and says in the manifest how
 * it ended. Safe for use by several threads, one run each.
 */
public final class ExperimentRunner {

    private final RunServices services;
    private final LastFiles lastFiles;

    /** Makes a runner that leaves no report. */
    public ExperimentRunner(RunServices services) {
        this(services, LastFiles.NONE);
    }

    /**
     * Makes a runner.
     *
     * @param lastFiles what each run leaves beside its results
     */
    public ExperimentRunner(RunServices services, LastFiles lastFiles) {
        this.services = services;
        this.lastFiles = lastFiles;
    }

    /**
     * Runs an experiment to its end.
     *
     * @return how it ended; what fails after the run directory is there is in the outcome, not thrown
     * @throws ArrakisException if nothing could be run: no such device or model, bad rows in a data set, a directory that cannot
     *     be written
     */
    public RunOutcome run(RunRequest request) {
        Experiment experiment = request.experiment();
        Instant started = Instant.now();
        try (RunSession session = new RunSession(services)) {
            RunIdentity identity = RunIdentity.of(experiment, session);
            RunDirectory directory =
                    RunDirectory.create(request.saveDirectory(), experiment.name(), identity.hash(), started);
            return new OneRun(request, directory, session, SharedResults.NONE, lastFiles).run(identity, started);
        }
    }

    /**
     * Runs a trial of a sweep to its end, in a directory of its own that is there and empty. A trial leaves no report.
     *
     * @param session what it shares with other trials; stays open
     * @param results what other trials have computed
     * @return how it ended; what fails is in the outcome, not thrown
     * @throws ArrakisException if its directory cannot be written
     */
    public static RunOutcome runTrial(
            RunRequest request, RunDirectory directory, RunSession session, SharedResults results) {
        Instant started = Instant.now();
        Experiment experiment = request.experiment();
        AtomicReference<RunIdentity> identity = new AtomicReference<>();
        Ending look = Ending.of(
                experiment.name(),
                directory.log(),
                session.services().cancellation(),
                () -> identity.set(RunIdentity.of(experiment, session)));
        if (look.state() == RunState.FAILED) {
            return failed(request, directory, look);
        }
        if (look.state() == RunState.INTERRUPTED) {
            return new RunOutcome(RunState.INTERRUPTED, directory, List.of(), List.of());
        }
        String expected = request.trial().orElseThrow().id();
        if (!TrialIdentity.id(identity.get()).equals(expected)) {
            return failed(request, directory, List.of(changed(expected)));
        }
        return new OneRun(request, directory, session, results, LastFiles.NONE).run(identity.get(), started);
    }

    private static Problem changed(String trial) {
        return Problem.error(
                ErrorCode.DATA_UNFIT,
                SourceLocation.of("trial " + trial),
                "model, data or plug-ins have changed while the sweep ran",
                "give the same command again: what has changed are new trials");
    }

    /** Writes down that a trial failed before it could begin, or without a word. */
    public static RunOutcome failed(RunRequest request, RunDirectory directory, List<Problem> problems) {
        return failed(request, directory, new Ending(RunState.FAILED, problems, Optional.empty()));
    }

    private static RunOutcome failed(RunRequest request, RunDirectory directory, Ending ending) {
        Experiment experiment = request.experiment();
        TrialMark trial = request.trial().orElseThrow();
        Manifest manifest = new Manifest(directory.manifest(), experiment.name(), trial.id(), Instant.now());
        manifest.trial(trial);
        ManifestHead.arguments(manifest.part("arguments"), request);
        AtomicFiles.write(directory.experiment(), experiment.yaml());
        Ending last;
        try (RunLog log = new RunLog(directory.log())) {
            last = ending.logged(experiment.name(), log, new Cancellation());
        }
        manifest.end(last.state(), last.problems());
        return new RunOutcome(last.state(), directory, last.problems(), List.of());
    }
}
