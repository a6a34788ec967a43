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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Runs trials in worker processes. One that dies fails its trial, no other, and is replaced. */
public final class WorkerPool implements TrialExecutor {

    private static final int KILLED = 137;
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
        private boolean stopped;
        private Optional<RuntimeException> failure = Optional.empty();

        Running(List<Trial> trials, SweepParts sweep, Ended ended) {
            this.waiting = new ArrayDeque<>(trials);
            this.sweep = sweep;
            this.ended = ended;
        }

        void run() {
            List<Thread> threads = new ArrayList<>();
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
            failure.ifPresent(thrown -> {
                throw thrown;
            });
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void stopWhenAsked() {
            if (sweep.cancellation().isAsked() && !stopped) {
                stopped = true;
                workers.forEach(Worker::stop);
            }
        }

        private synchronized Optional<Trial> next() {
            boolean over = stopped || sweep.cancellation().isAsked();
            return over ? Optional.empty() : Optional.ofNullable(waiting.poll());
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

        /** The work of one thread, with one worker at a time. */
        private void work(int number) {
            Optional<Worker> worker = Optional.empty();
            try (TrialWork looking = new TrialWork(sweep.directory(), sweep.session(), () -> {})) {
                Optional<Trial> trial = next();
                while (trial.isPresent()) {
                    if (worker.isEmpty()) {
                        worker = Optional.of(start(number));
                    }
                    sweep.listener().trialStarted(trial.get());
                    worker = run(trial.get(), worker.get(), number, looking);
                    trial = next();
                }
            } catch (RuntimeException e) {
                fail(e);
            } finally {
                worker.ifPresent(this::end);
            }
        }

        private Worker start(int number) {
            Worker worker = Worker.start(executor, starts.apply(sweep.directory(), number));
            synchronized (this) {
                workers.add(worker);
                if (stopped) {
                    worker.stop();
                }
            }
            return worker;
        }

        private void end(Worker worker) {
            worker.close();
            synchronized (this) {
                workers.remove(worker);
            }
        }

        /** Runs a trial; returns the worker if it lives on. */
        private Optional<Worker> run(Trial trial, Worker worker, int number, TrialWork looking) {
            Optional<JsonNode> answer = worker.run(WorkerMessage.of(trial, sweep.terms()));
            if (answer.isPresent()) {
                told(trial, answer.get(), looking);
                return Optional.of(worker);
            }
            end(worker);
            if (sweep.cancellation().isAsked()) {
                tell(new TrialResult(trial, looking.status(trial.id())));
                return Optional.empty();
            }
            return again(trial, worker.status(), number, looking);
        }

        private void told(Trial trial, JsonNode answer, TrialWork looking) {
            if (answer.has("problems")) {
                throw new ArrakisException(ProblemJson.read(answer.path("problems")));
            }
            tell(new TrialResult(trial, looking.status(trial.id())));
        }

        /** A worker that was killed has most likely had no memory left: once more with smaller batches, in another one. */
        private Optional<Worker> again(Trial trial, int status, int number, TrialWork looking) {
            TrialWork.Terms smaller = sweep.terms().withSmallerBatches();
            if (status == KILLED) {
                Worker other = start(number);
                Optional<JsonNode> answer = other.run(WorkerMessage.of(trial, smaller));
                if (answer.isPresent()) {
                    told(trial, answer.get(), looking);
                    return Optional.of(other);
                }
                end(other);
            }
            TrialWork.Terms last = status == KILLED ? smaller : sweep.terms();
            tell(new TrialResult(trial, looking.lost(trial, last, death(trial, status))));
            return Optional.empty();
        }

        private Problem death(Trial trial, int status) {
            boolean killed = status == KILLED;
            return Problem.error(
                    killed ? ErrorCode.MEMORY : ErrorCode.TOOL_FAILED,
                    SourceLocation.of("trial " + trial.id()),
                    "the worker process ended with status " + status
                            + (killed ? ", as where the system ends what needs too much memory" : ""),
                    killed ? "ask for fewer --jobs or fewer texts" : "what it said is in the worker's log");
        }
    }
}
