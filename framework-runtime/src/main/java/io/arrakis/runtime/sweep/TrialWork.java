package io.arrakis.runtime.sweep;

import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.run.ExperimentRunner;
import io.arrakis.runtime.run.RunDirectory;
import io.arrakis.runtime.run.RunRequest;
import io.arrakis.runtime.run.RunSession;
import io.arrakis.runtime.run.TrialMark;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Runs trials in this process, one after the other. A trial is run by whoever holds its lock, after a look at whether it still
 * has to be. Used by one thread.
 */
public final class TrialWork implements AutoCloseable {

    private final SweepDirectory directory;
    private final RunSession session;
    private final RegionLocks locks;
    private final Journal journal;
    private final StepLedger ledger;
    private final Runnable checkCancelled;

    /**
     * What a trial is run with.
     *
     * @param file         the experiment file as the user named it
     * @param overrides    {@code path=value} from the command line
     * @param limit        number of examples of each data set, at most
     * @param again        states from which it begins again
     * @param batchDivisor above 1 where memory was short before
     */
    public record Terms(
            String file, List<String> overrides, OptionalInt limit, Set<TrialState> again, int batchDivisor) {

        private static final int SMALLER = 2;

        /** Copies the lists. */
        public Terms {
            overrides = List.copyOf(overrides);
            again = Set.copyOf(again);
        }

        /** Returns the same with smaller batches, for when memory was short. */
        Terms withSmallerBatches() {
            return new Terms(file, overrides, limit, again, SMALLER);
        }
    }

    /** Works in the directory of a sweep. */
    public TrialWork(SweepDirectory directory, RunSession session, Runnable checkCancelled) {
        this.directory = directory;
        this.session = session;
        this.locks = RegionLocks.open(directory.locks());
        this.journal = new Journal(directory);
        this.ledger = new StepLedger(directory, locks, checkCancelled);
        this.checkCancelled = checkCancelled;
    }

    /** Returns how a trial stands. */
    public TrialStatus status(String id) {
        return TrialStatus.read(directory.trial(id), locks.isHeld(id));
    }

    /** Returns whether a living process works on a trial. */
    boolean isHeld(String id) {
        return locks.isHeld(id);
    }

    /**
     * Runs a trial, unless another process does or has done so. One that runs out of memory is tried once more with batches half
     * as large.
     *
     * @return how it stands now
     * @throws io.arrakis.api.problem.ArrakisException if its folder cannot be written
     */
    @SuppressWarnings("try") // held, never asked
    public TrialStatus run(Trial trial, Terms terms) {
        Optional<RegionLocks.Held> held = locks.tryAcquire(trial.id());
        if (held.isEmpty()) {
            return status(trial.id());
        }
        RegionLocks.Held lock = held.get();
        try (lock) {
            TrialStatus before = TrialStatus.read(directory.trial(trial.id()), false);
            if (!terms.again().contains(before.state())) {
                return before;
            }
            TrialStatus after = attempt(trial, terms);
            boolean ranShort = after.cause().equals(Optional.of(FailureCause.MEMORY)) && terms.batchDivisor() == 1;
            return ranShort ? attempt(trial, terms.withSmallerBatches()) : after;
        }
    }

    private TrialStatus attempt(Trial trial, Terms terms) {
        RunDirectory folder = empty(trial.id());
        ExperimentRunner.runTrial(request(trial, terms, begin(trial)), folder, session, ledger);
        return ended(trial.id());
    }

    /** Returns the number of the attempt that begins now. */
    private int begin(Trial trial) {
        int attempt = attempts(trial) + 1;
        journal.begins(trial.id(), attempt);
        return attempt;
    }

    private TrialStatus failed(Trial trial, Terms terms, int attempt, List<Problem> problems) {
        ExperimentRunner.failed(request(trial, terms, attempt), empty(trial.id()), problems);
        return ended(trial.id());
    }

    private TrialStatus ended(String id) {
        TrialStatus status = TrialStatus.read(directory.trial(id), false);
        journal.ended(id, status);
        return status;
    }

    /** Returns how often a trial has begun so far. */
    int attempts(Trial trial) {
        return journal.attempts(trial.id());
    }

    /** Counts an attempt whose process ended before it could say that the trial begins. */
    void tried(Trial trial, int before) {
        if (attempts(trial) == before) {
            journal.begins(trial.id(), before + 1);
        }
    }

    /**
     * Writes down that a trial failed whose process ended without a word.
     *
     * @return how it stands now; another process may have begun it again
     */
    @SuppressWarnings("try") // held, never asked
    public TrialStatus lost(Trial trial, Terms terms, Problem problem) {
        RegionLocks.Held lock = locks.acquire(trial.id(), checkCancelled);
        try (lock) {
            TrialStatus now = TrialStatus.read(directory.trial(trial.id()), false);
            if (now.state() == TrialState.FINISHED || now.state() == TrialState.FAILED) {
                return now;
            }
            return failed(trial, terms, attempts(trial), List.of(problem));
        }
    }

    /**
     * Writes down that a trial failed which could not be read where it was to run.
     *
     * @return how it stands now; another process may have run it
     */
    @SuppressWarnings("try") // held, never asked
    TrialStatus refused(Trial trial, Terms terms, List<Problem> problems) {
        RegionLocks.Held lock = locks.acquire(trial.id(), checkCancelled);
        try (lock) {
            TrialStatus now = TrialStatus.read(directory.trial(trial.id()), false);
            if (!terms.again().contains(now.state())) {
                return now;
            }
            return failed(trial, terms, begin(trial), problems);
        }
    }

    private RunRequest request(Trial trial, Terms terms, int attempt) {
        return new RunRequest(
                trial.experiment(),
                directory.path(),
                terms.file(),
                terms.overrides(),
                terms.limit(),
                List.of(),
                Optional.of(new TrialMark(trial.id(), trial.settings(), attempt, terms.batchDivisor())));
    }

    /** Makes the folder of a trial, without what an earlier attempt left. */
    private RunDirectory empty(String id) {
        RunDirectory folder = directory.trial(id);
        try {
            AtomicFiles.remove(folder.path());
        } catch (IOException e) {
            throw DiskProblems.notWritten(folder.path(), e);
        }
        AtomicFiles.makeDirectory(folder.path());
        return folder;
    }

    @Override
    public void close() {
        locks.close();
    }
}
