package io.arrakis.runtime.run;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.spec.Experiment;
import java.time.Instant;
import java.util.List;

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
        RunIdentity identity;
        try {
            identity = RunIdentity.of(request.experiment(), session);
        } catch (ArrakisException e) {
            return failed(request, directory, e.problems());
        }
        return new OneRun(request, directory, session, results, LastFiles.NONE).run(identity, started);
    }

    /** Writes down that a trial failed before it could begin, or without a word. */
    public static RunOutcome failed(RunRequest request, RunDirectory directory, List<Problem> problems) {
        Experiment experiment = request.experiment();
        TrialMark trial = request.trial().orElseThrow();
        Manifest manifest = new Manifest(directory.manifest(), experiment.name(), trial.id(), Instant.now());
        manifest.trial(trial);
        ManifestHead.arguments(manifest.part("arguments"), request);
        AtomicFiles.write(directory.experiment(), experiment.yaml());
        try (RunLog log = new RunLog(directory.log())) {
            problems.forEach(problem -> log.error("{}", problem));
        }
        manifest.end(RunState.FAILED, problems);
        return new RunOutcome(RunState.FAILED, directory, problems, List.of());
    }
}
