package io.arrakis.runtime.sweep;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.run.RunState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** One sweep while it goes on. */
final class SweepRun {

    private final SweepParts parts;
    private final SweepRecord record;
    private final TrialExecutor executor;
    private final SweepListener listener;
    private final boolean failFast;
    private final Map<String, TrialResult> results = new LinkedHashMap<>();
    private final Set<Trial> begun = new HashSet<>();
    private final Set<String> ran = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean goOn = true;

    SweepRun(SweepParts parts, List<Trial> trials, SweepRecord record, TrialExecutor executor, boolean failFast) {
        this.parts = parts;
        this.record = record;
        this.executor = executor;
        this.listener = parts.listener();
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
                .filter(result -> parts.terms().again().contains(result.status().state()))
                .map(TrialResult::trial)
                .filter(trial -> !begun.contains(trial) || isLeft(trial))
                .toList();
    }

    /** Whether another process was to run a trial, and has not. */
    private boolean isLeft(Trial trial) {
        TrialState state = results.get(trial.id()).status().state();
        return !ran.contains(trial.id()) && (state == TrialState.PENDING || state == TrialState.INTERRUPTED);
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
                        TrialStatus.host(parts.directory().trial(result.trial().id())), 1, Integer::sum);
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
            Iterator<Portion> portions = new Portions(todo, parts.session()).iterator();
            while (goesOn() && portions.hasNext()) {
                work(portions.next());
            }
        } catch (CancellationException e) {
            if (!parts.cancellation().isAsked()) {
                throw e;
            }
        } catch (ArrakisException e) {
            problems.addAll(e.problems());
        }
        goOn = goesOn();
    }

    private boolean goesOn() {
        return goOn && problems.isEmpty() && !parts.cancellation().isAsked();
    }

    /** What is too much at once may fit in parts, each of which reads other models or data. */
    private void work(Portion portion) {
        Optional<String> refused = share(portion);
        List<Portion> split = refused.isPresent() ? portion.split(parts.session()) : List.of();
        if (split.size() > 1) {
            split.stream().takeWhile(part -> goesOn()).forEach(this::work);
        } else {
            refused.ifPresent(this::apart);
            executor.run(portion.trials(), parts, this::ended);
        }
    }

    /** Returns why the trials cannot share their passes, if they cannot. */
    private Optional<String> share(Portion portion) {
        JointPasses passes = portion.passes();
        try {
            passes.run(listener.passes());
            record.passes(passes.done());
            return Optional.empty();
        } catch (ArrakisException e) {
            return Optional.of(e.problems().get(0).message());
        } catch (RuntimeException e) {
            parts.cancellation().check();
            return Optional.of(e.toString());
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
