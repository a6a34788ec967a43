package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkersTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 5", "4, 1", "4, 3", "3, 1000"})
    void runsEachTaskOnce(int threads, int tasks) {
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        new Workers(threads).run(tasks, task -> runs.incrementAndGet(task));
        for (int task = 0; task < tasks; task++) {
            assertThat(runs.get(task)).isEqualTo(1);
        }
    }

    @Test
    void closesTheWorkersOfAllThreadsAlsoAfterAFailure() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger started = new AtomicInteger();
        assertThatThrownBy(() -> new Workers(4).run(1_000_000, () -> {
                    open.incrementAndGet();
                    return new Workers.Worker() {
                        @Override
                        public void run(int task) {
                            started.incrementAndGet();
                            if (task == 10) {
                                throw new IllegalStateException("task 10");
                            }
                        }

                        @Override
                        public void close() {
                            open.decrementAndGet();
                        }
                    };
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task 10");
        assertThat(open.get()).isZero();
        assertThat(started.get()).isLessThan(1_000_000);
    }

    @Test
    void throwsTheFailureOfAnyThread() {
        Thread caller = Thread.currentThread();
        CountDownLatch failing = new CountDownLatch(1);
        assertThatThrownBy(() -> new Workers(2).run(2, task -> {
                    if (Thread.currentThread() != caller) {
                        failing.countDown();
                        throw new IllegalStateException("in a helper");
                    }
                    await(failing);
                }))
                .hasMessage("in a helper");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesNoThreads() {
        assertThatThrownBy(() -> new Workers(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads is 0, less than 1");
    }
}
