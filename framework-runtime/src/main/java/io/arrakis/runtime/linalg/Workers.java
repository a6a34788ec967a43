package io.arrakis.runtime.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A fixed number of threads that share the tasks of a kernel, the calling thread among them.
 *
 * <p>What a task computes must not depend on the thread or on the order of tasks, so that the number of threads changes no
 * result. Threads end when they have had nothing to do for a while.
 */
final class Workers {

    private static final int IDLE_SECONDS = 10;

    private final int threads;
    private final ExecutorService helpers;

    Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", less than 1");
        }
        this.threads = threads;
        this.helpers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Workers::daemon);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "arrakis-linalg");
        thread.setDaemon(true);
        return thread;
    }

    /** One thread's task runner with what it keeps between tasks, closed at the end. */
    interface Worker extends AutoCloseable {

        void run(int task);

        @Override
        default void close() {}
    }

    /** Runs tasks that keep nothing. */
    void run(int tasks, IntConsumer body) {
        run(tasks, () -> body::accept);
    }

    /**
     * Runs tasks 0 to {@code tasks - 1}, each once. After a failure no further task starts, and the failure is thrown when all
     * threads have stopped.
     *
     * @param workers makes a worker for each thread that takes part
     */
    void run(int tasks, Supplier<? extends Worker> workers) {
        AtomicInteger next = new AtomicInteger();
        Runnable share = () -> work(next, tasks, workers);
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, tasks); i++) {
            others.add(helpers.submit(share));
        }
        Throwable failure = null;
        try {
            share.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (Future<?> other : others) {
            failure = join(other, failure);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private static void work(AtomicInteger next, int tasks, Supplier<? extends Worker> workers) {
        try (Worker worker = workers.get()) {
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                worker.run(task);
            }
        } catch (RuntimeException | Error e) {
            next.set(tasks);
            throw e;
        }
    }

    /** Waits for a helper, even when interrupted: it reads memory that the caller may close. */
    private static Throwable join(Future<?> helper, Throwable earlier) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    helper.get();
                    return earlier;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (earlier == null) {
                        return e.getCause();
                    }
                    earlier.addSuppressed(e.getCause());
                    return earlier;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
