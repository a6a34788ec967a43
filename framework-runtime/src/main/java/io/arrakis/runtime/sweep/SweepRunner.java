package io.arrakis.runtime.sweep;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.run.RunServices;
import io.arrakis.runtime.run.RunSession;
import io.arrakis.runtime.run.TrialIdentity;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.SweepTrial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs sweeps: finds out which trials are done, runs the forward passes that the others share, then the trials, and says how
 * each ended. Started again it goes on where it stopped.
 */
public final class SweepRunner {

    private static final int HASH_DIGITS = 8;

    private final RunServices services;
    private final TrialExecutor executor;
    private final SweepListener listener;

    /** Makes a runner. */
    public SweepRunner(RunServices services, TrialExecutor executor, SweepListener listener) {
        this.services = services;
        this.executor = executor;
        this.listener = listener;
    }

    /**
     * Runs what of a sweep is not done.
     *
     * @return how it ended; what fails in a trial is in its folder and in the outcome, not thrown
     * @throws ArrakisException if the directory of the sweep cannot be written
     */
    public SweepOutcome run(SweepRequest request) {
        try (RunSession session = new RunSession(services)) {
            List<Trial> trials = identified(request, session);
            String identity = identity(request, session);
            SweepDirectory directory = directory(request, identity);
            AtomicFiles.makeDirectory(directory.trials());
            Set<TrialState> again = again(request);
            TrialWork.Terms terms =
                    new TrialWork.Terms(request.file().toString(), request.overrides(), request.limit(), again, 1);
            SweepParts parts = new SweepParts(directory, session, terms, listener, services.cancellation());
            SweepRecord record = new SweepRecord(directory, request, identity);
            return new SweepRun(parts, trials, record, executor, request.failFast()).run();
        }
    }

    /**
     * Says what a sweep would do; runs nothing and writes nothing. Before the sweep has begun no weights are read, so trials have
     * no identity yet.
     */
    public SweepPlan plan(SweepRequest request) {
        try (RunSession session = new RunSession(services)) {
            SweepDirectory directory = directory(request, identity(request, session));
            boolean begun = Files.isRegularFile(directory.record());
            List<Trial> trials = begun ? identified(request, session) : unidentified(request);
            List<TrialResult> results = trials.stream()
                    .map(trial -> new TrialResult(trial, begun ? status(directory, trial) : TrialStatus.PENDING))
                    .toList();
            Set<TrialState> again = again(request);
            List<Trial> todo = results.stream()
                    .filter(result -> again.contains(result.status().state()))
                    .map(TrialResult::trial)
                    .toList();
            List<JointPasses.Planned> passes = new ArrayList<>();
            List<Trial> unplanned = new ArrayList<>();
            for (Portion portion : new Portions(todo, session)) {
                passes.addAll(portion.passes().planned(!begun));
                unplanned.addAll(portion.unplanned());
            }
            return new SweepPlan(directory.path(), results, todo.size(), passes, unplanned);
        }
    }

    private static TrialStatus status(SweepDirectory directory, Trial trial) {
        return TrialStatus.read(directory.trial(trial.id()), false);
    }

    /** Without what their files hold, trials of equal text are the equal ones. */
    private List<Trial> unidentified(SweepRequest request) {
        return distinct(request, trial -> trial.experiment().yaml(), (id, trial) -> trial("-", trial));
    }

    /** Gives each trial its identity. */
    private List<Trial> identified(SweepRequest request, RunSession session) {
        IdentityHashMap<Experiment, String> ids = new IdentityHashMap<>();
        List<Experiment> all =
                request.sweep().trials().stream().map(SweepTrial::experiment).toList();
        for (List<Experiment> group : Portions.byInputs(all, Function.identity())) {
            for (Experiment experiment : group) {
                services.cancellation().check();
                ids.put(experiment, TrialIdentity.of(experiment, session));
            }
        }
        return distinct(request, trial -> ids.get(trial.experiment()), SweepRunner::trial);
    }

    private static Trial trial(String id, SweepTrial trial) {
        return new Trial(id, trial.settings(), trial.experiment());
    }

    /** Trials that are equal are one. */
    private List<Trial> distinct(
            SweepRequest request, Function<SweepTrial, String> identity, BiFunction<String, SweepTrial, Trial> make) {
        List<SweepTrial> all = request.sweep().trials();
        Map<String, Trial> trials = new LinkedHashMap<>();
        all.forEach(trial -> trials.computeIfAbsent(identity.apply(trial), id -> make.apply(id, trial)));
        int equal = all.size() - trials.size();
        if (equal > 0) {
            listener.warned(equal + " of " + all.size() + " trials are equal to others, and run once with them");
        }
        return List.copyOf(trials.values());
    }

    /** The hash of the experiment without its sweep, and of the data and the kind of model that the sweep does not vary. */
    private static String identity(SweepRequest request, RunSession session) {
        Map<String, String> parts = new TreeMap<>(TrialIdentity.fixed(
                request.sweep().trials().get(0).experiment(), request.sweep().axes(), session));
        parts.put("experiment", request.sweep().written());
        return CacheKey.of(parts).hash();
    }

    private static SweepDirectory directory(SweepRequest request, String identity) {
        Path parent = request.saveDirectory().toAbsolutePath().normalize();
        return new SweepDirectory(
                parent.resolve(request.sweep().name()).resolve("sweep-" + identity.substring(0, HASH_DIGITS)));
    }

    private static Set<TrialState> again(SweepRequest request) {
        Set<TrialState> again = EnumSet.of(TrialState.PENDING, TrialState.INTERRUPTED);
        if (request.retry().contains(TrialState.FAILED)) {
            again.add(TrialState.FAILED);
        }
        if (request.retry().contains(TrialState.INTERRUPTED)) {
            again.add(TrialState.RUNNING);
        }
        return again;
    }
}
