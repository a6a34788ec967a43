package io.arrakis.runtime.sweep;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.run.RunServices;
import io.arrakis.runtime.run.RunSession;
import io.arrakis.runtime.run.RunState;
import io.arrakis.runtime.run.TrialIdentity;
import io.arrakis.runtime.spec.SweepTrial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

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
            return new Going(parts, trials, record, request.failFast()).run();
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
            JointPasses passes = new JointPasses(session);
            List<Trial> unplanned = todo.stream()
                    .filter(trial -> !passes.add(trial.experiment()))
                    .toList();
            return new SweepPlan(
                    directory.path(),
                    results,
                    todo.size(),
                    begun ? passes.planned() : passes.plannedFresh(),
                    unplanned);
        }
    }

    private static TrialStatus status(SweepDirectory directory, Trial trial) {
        return TrialStatus.read(directory.trial(trial.id()), false);
    }

    private static List<Trial> unidentified(SweepRequest request) {
        return request.sweep().trials().stream()
                .map(trial -> new Trial("-", trial.settings(), trial.experiment()))
                .toList();
    }

    /** Gives each trial its identity; trials that are equal are one. */
    private List<Trial> identified(SweepRequest request, RunSession session) {
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (SweepTrial trial : request.sweep().trials()) {
            services.cancellation().check();
            String id = TrialIdentity.of(trial.experiment(), session);
            trials.putIfAbsent(id, new Trial(id, trial.settings(), trial.experiment()));
        }
        int equal = request.sweep().trials().size() - trials.size();
        if (equal > 0) {
            listener.warned(equal + " of " + request.sweep().trials().size()
                    + " trials are equal to others, and run once with them");
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

    /** One sweep while it goes on. */
    private final class Going {

        private final SweepParts parts;
        private final SweepRecord record;
        private final boolean failFast;
        private final Map<String, TrialResult> results = new LinkedHashMap<>();
        private final Set<Trial> begun = new HashSet<>();
        private final Set<String> ran = new HashSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private boolean goOn = true;

        Going(SweepParts parts, List<Trial> trials, SweepRecord record, boolean failFast) {
            this.parts = parts;
            this.record = record;
            this.failFast = failFast;
            trials.forEach(trial -> results.put(trial.id(), new TrialResult(trial, TrialStatus.PENDING)));
        }

        SweepOutcome run() {
            look();
            List<Trial> todo = todo();
            listener.started(parts.directory().path(), List.copyOf(results.values()), todo.size());
            if (todo.isEmpty()) {
                waitForOthers();
                todo = todo();
            }
            if (!todo.isEmpty()) {
                record.keepExperiment();
                record.write(RunState.RUNNING.name(), List.copyOf(results.values()));
            }
            while (!todo.isEmpty() && goOn) {
                begun.addAll(todo);
                work(todo);
                waitForOthers();
                todo = todo();
            }
            warnOfAbandoned();
            RunState state = state();
            record.write(state.name(), List.copyOf(results.values()));
            return new SweepOutcome(state, parts.directory(), List.copyOf(results.values()), ran.size(), problems);
        }

        /** Trials that are to begin, once each: also those that another process has left in the meantime. */
        private List<Trial> todo() {
            return results.values().stream()
                    .filter(result ->
                            parts.terms().again().contains(result.status().state()))
                    .map(TrialResult::trial)
                    .filter(trial -> !begun.contains(trial) || isPending(trial))
                    .toList();
        }

        private boolean isPending(Trial trial) {
            TrialState state = results.get(trial.id()).status().state();
            return state == TrialState.PENDING || state == TrialState.INTERRUPTED;
        }

        private boolean others() {
            try (TrialWork work = new TrialWork(parts.directory(), parts.session(), () -> {})) {
                return results.keySet().stream().anyMatch(work::isHeld);
            }
        }

        /** Waits for another command that runs some of the trials, and looks how every trial stands then. */
        private void waitForOthers() {
            boolean told = false;
            while (goOn && !parts.cancellation().isAsked() && others()) {
                if (!told) {
                    listener.warned("another process runs some of the trials; waiting for it");
                    told = true;
                }
                RegionLocks.pause();
            }
            look();
        }

        /** A trial that says RUNNING after all waiting is left by a process that cannot be seen from here. */
        private void warnOfAbandoned() {
            if (parts.cancellation().isAsked()) {
                return;
            }
            Map<String, Integer> hosts = new TreeMap<>();
            for (TrialResult result : results.values()) {
                if (result.status().state() == TrialState.RUNNING) {
                    hosts.merge(
                            TrialStatus.host(
                                    parts.directory().trial(result.trial().id())),
                            1,
                            Integer::sum);
                }
            }
            hosts.forEach((host, count) -> listener.warned("RUNNING on " + host + ", which cannot be seen from here: "
                    + count + " of the trials; if that process is gone, --retry interrupted begins them again"));
        }

        /** Reads from the folders how every trial stands. */
        private void look() {
            try (TrialWork work = new TrialWork(parts.directory(), parts.session(), () -> {})) {
                results.replaceAll((id, result) -> new TrialResult(result.trial(), work.status(id)));
            }
        }

        private void work(List<Trial> todo) {
            try {
                share(todo);
                executor.run(todo, parts, this::ended);
            } catch (CancellationException e) {
                if (!parts.cancellation().isAsked()) {
                    throw e;
                }
            } catch (ArrakisException e) {
                problems.addAll(e.problems());
            }
            goOn &= problems.isEmpty() && !parts.cancellation().isAsked();
        }

        private void share(List<Trial> todo) {
            JointPasses passes = new JointPasses(parts.session());
            for (Trial trial : todo) {
                services.cancellation().check();
                passes.add(trial.experiment());
            }
            try {
                passes.run(listener.passes());
                record.passes(passes.done());
            } catch (ArrakisException e) {
                apart(e.problems().get(0).message());
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException e) {
                apart(e.toString());
            }
        }

        /** Each trial says for itself whether it can do with less, or what failed. */
        private void apart(String why) {
            listener.warned("the trials cannot share their passes, and each runs its own: " + why);
        }

        private synchronized boolean ended(TrialResult result) {
            results.put(result.trial().id(), result);
            if (result.status().state() != TrialState.RUNNING) {
                ran.add(result.trial().id());
            }
            listener.trialEnded(result);
            TrialStatus status = result.status();
            if (status.cause().filter(FailureCause.DISK::equals).isPresent()) {
                problems.add(Problem.error(
                        ErrorCode.valueOf(status.code().replace('-', '_')),
                        SourceLocation.of(parts.directory().path().toString()),
                        status.message(),
                        "make room, or mend the directory, and give the same command again: what is done stays done"));
                return false;
            }
            goOn &= !(failFast && status.state() == TrialState.FAILED);
            return goOn;
        }

        private RunState state() {
            boolean failed =
                    results.values().stream().anyMatch(result -> result.status().state() == TrialState.FAILED);
            boolean all =
                    results.values().stream().allMatch(result -> result.status().state() == TrialState.FINISHED);
            if (all) {
                return RunState.FINISHED;
            }
            boolean stopped = parts.cancellation().isAsked();
            return !stopped && (failed || !problems.isEmpty()) ? RunState.FAILED : RunState.INTERRUPTED;
        }
    }
}
