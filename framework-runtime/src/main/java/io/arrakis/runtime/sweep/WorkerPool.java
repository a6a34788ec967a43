package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.WorkerStart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Runs trials in worker processes. One that dies fails its trial, no other, and is replaced. One that does not start is started
 * again a few times; then the others go on without it.
 */
public final class WorkerPool implements TrialExecutor {

    private static final int MOST_STARTS = 3;
    private static final long LOOK_MILLIS = 200;

    private final int jobs;
    private final SweepExecutor executor;
    private final BiFunction<SweepDirectory, Integer, WorkerStart> starts;

    /**
     * Makes a pool.
     *
     * @param jobs     number of workers
     * @param executor starts them
     * @param starts   describes a worker for the directory of a sweep, by its number from 0
     */
    public WorkerPool(int jobs, SweepExecutor executor, BiFunction<SweepDirectory, Integer, WorkerStart> starts) {
        this.jobs = jobs;
        this.executor = executor;
        this.starts = starts;
    }

    @Override
    public void run(List<Trial> trials, SweepParts sweep, Ended ended) {
        new Running(trials, sweep, ended).run();
    }

    /** One sweep while workers run it. */
    private final class Running {

        private final Queue<Trial> waiting;
        private final SweepParts sweep;
        private final Ended ended;
        private final List<Worker> workers = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private final Map<Integer, RuntimeException> refused = new TreeMap<>();
        private boolean stopped;
        private Optional<RuntimeException> failure = Optional.empty();

        Running(List<Trial> trials, SweepParts sweep, Ended ended) {
            this.waiting = new ArrayDeque<>(trials);
            this.sweep = sweep;
            this.ended = ended;
        }

        void run() {
            for (int i = 0; i < Math.min(jobs, waiting.size()); i++) {
                int number = i;
                threads.add(new Thread(() -> work(number), "sweep-worker-" + number));
            }
            ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
            ScheduledFuture<?> looks =
                    watch.scheduleWithFixedDelay(this::stopWhenAsked, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            try {
                threads.forEach(Thread::start);
                threads.forEach(Running::join);
            } finally {
                looks.cancel(false);
                watch.shutdownNow();
            }
            failure.or(this::noneStarts).ifPresent(thrown -> {
                throw thrown;
            });
        }

        /** Trials are left only where no worker was there to take them. */
        private Optional<RuntimeException> noneStarts() {
            return isMore() ? refused.values().stream().findFirst() : Optional.empty();
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void stopWhenAsked() {
            if (sweep.cancellation().isAsked()) {
                stopped = true;
                workers.forEach(Worker::stop);
            }
        }

        private synchronized boolean isOver() {
            return stopped || sweep.cancellation().isAsked();
        }

        private synchronized boolean isMore() {
            return !isOver() && !waiting.isEmpty();
        }

        private synchronized Optional<Trial> next() {
            return isOver() ? Optional.empty() : Optional.ofNullable(waiting.poll());
        }

        private synchronized void tell(TrialResult result) {
            stopped |= !ended.goOn(result);
        }

        private synchronized void fail(RuntimeException thrown) {
            stopped = true;
            if (failure.isEmpty()) {
                failure = Optional.of(thrown);
            }
        }

        /** The work of one thread, with one worker at a time, which is ready before a trial is taken for it. */
        private void work(int number) {
            Optional<Worker> worker = Optional.empty();
            try (TrialWork looking = new TrialWork(sweep.directory(), sweep.session(), sweep.cancellation()::check)) {
                while (isMore()) {
                    worker = worker.isPresent() ? worker : start(number);
                    Optional<Trial> trial = worker.isPresent() ? next() : Optional.empty();
                    if (trial.isEmpty()) {
                        return;
                    }
                    sweep.listener().trialStarted(trial.get());
                    worker = run(trial.get(), worker.get(), number, looking);
                }
            } catch (RuntimeException e) {
                fail(e);
            } finally {
                worker.ifPresent(this::end);
            }
        }

        /** Starts a worker, or one more where it ends at once; nothing where the sweep is over, or none starts. */
        private Optional<Worker> start(int number) {
            Optional<ArrakisException> last = Optional.empty();
            for (int i = 0; i < MOST_STARTS && !isOver(); i++) {
                try {
                    Worker worker = Worker.start(executor, starts.apply(sweep.directory(), number));
                    synchronized (this) {
                        workers.add(worker);
                    }
                    return Optional.of(worker);
                } catch (ArrakisException e) {
                    last = Optional.of(e);
                }
            }
            last.ifPresent(thrown -> notStarted(number, thrown));
            return Optional.empty();
        }

        private synchronized void notStarted(int number, ArrakisException thrown) {
            refused.put(number, thrown);
            if (isMore() && refused.size() < threads.size()) {
                Problem problem = thrown.problems().get(0);
                sweep.listener()
                        .warned("worker " + number + " does not start, and the others go on: " + problem.message()
                                + "; " + problem.mend());
            }
        }

        private void end(Worker worker) {
            worker.close();
            synchronized (this) {
                workers.remove(worker);
            }
        }

        /**
         * Runs a trial; returns the worker that lives on. One that was killed has most likely had no memory left: once more with
         * smaller batches, in another one.
         */
        private Optional<Worker> run(Trial trial, Worker worker, int number, TrialWork looking) {
            TrialWork.Terms terms = sweep.terms();
            if (answers(worker, trial, terms, looking)) {
                return Optional.of(worker);
            }
            Optional<Worker> other = worker.isKilled() ? start(number) : Optional.empty();
            if (other.isPresent()) {
                terms = terms.withSmallerBatches();
                if (answers(other.get(), trial, terms, looking)) {
                    return other;
                }
            }
            TrialStatus status = isOver()
                    ? looking.status(trial.id()) // it was stopped, or may begin again
                    : looking.lost(trial, terms, death(trial, worker));
            tell(new TrialResult(trial, status));
            return Optional.empty();
        }

        /** Returns whether a worker has run a trial; one that has not is gone. */
        private boolean answers(Worker worker, Trial trial, TrialWork.Terms terms, TrialWork looking) {
            int before = looking.attempts(trial);
            Optional<JsonNode> answer = worker.run(WorkerMessage.of(trial, terms));
            if (answer.isEmpty()) {
                end(worker);
                if (!isOver()) {
                    looking.tried(trial, before);
                }
                return false;
            }
            tell(new TrialResult(trial, status(trial, terms, answer.get(), looking)));
            return true;
        }

        private TrialStatus status(Trial trial, TrialWork.Terms terms, JsonNode answer, TrialWork looking) {
            if (answer.has(WorkerLoop.PROBLEMS)) {
                throw new ArrakisException(ProblemJson.read(answer.path(WorkerLoop.PROBLEMS)));
            }
            return answer.has(WorkerLoop.REFUSED)
                    ? looking.refused(trial, terms, ProblemJson.read(answer.path(WorkerLoop.REFUSED)))
                    : looking.status(trial.id());
        }

        private Problem death(Trial trial, Worker worker) {
            boolean killed = worker.isKilled();
            return Problem.error(
                    killed ? ErrorCode.MEMORY : ErrorCode.TOOL_FAILED,
                    SourceLocation.of("trial " + trial.id()),
                    "the worker process " + worker.end(),
                    killed ? "ask for fewer --jobs or fewer texts" : "what it said is in " + worker.log());
        }
    }
}
