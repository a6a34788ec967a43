package io.arrakis.runtime.sweep;

import static io.arrakis.runtime.sweep.SweepBench.HEAD;
import static io.arrakis.runtime.sweep.SweepBench.results;
import static io.arrakis.runtime.sweep.SweepBench.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.WorkerStart;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerPoolTest {

    private static final String ROWS = HEAD + """
            steps:
              rows:
                use: planted.read_rows
                with: {layer_idx: 0, texts: [the cat sat, a, the dog sat on the mat]}
              sum:
                use: planted.add_to_rows
                with: {rows: "${steps.rows}", add: 0}
            sweep:
              zip:
                steps.rows.with.layer_idx: [0, 1, 2, 2]
                steps.sum.with.add: [1, 2, 3, 4]
            """;

    private static final String DYING = HEAD + """
            steps:
              bad:
                use: planted.misbehave
                with: {how: throw}
            sweep:
              grid:
                steps.bad.with.how: [die, throw, not_a_number]
            """;

    @TempDir
    Path temp;

    @Test
    void resultsDoNotDependOnTheNumberOfWorkers() {
        SweepBench bench = SweepBench.in(temp);
        SweepOutcome two = bench.run(bench.of(ROWS).by(SweepProcess.pool(temp, 2)));
        assertThat(two.problems()).isEmpty();
        assertThat(states(two)).containsOnly("FINISHED");
        assertThat(results(two)).isEqualTo(results(bench.run(bench.of(ROWS).into("alone"))));
    }

    @Test
    void aWorkerThatDiesFailsItsTrialAndIsReplaced() {
        SweepBench bench = SweepBench.in(temp);
        SweepOutcome outcome = bench.run(bench.of(DYING).by(SweepProcess.pool(temp, 1)));
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.trials())
                .extracting(result -> result.status().cause().orElseThrow())
                .containsExactly(FailureCause.TOOL, FailureCause.TOOL, FailureCause.NUMERIC);
        TrialFailure died = outcome.trials().get(0).status().failure().orElseThrow();
        assertThat(died.message()).isEqualTo("the worker process ended with status 3");
        assertThat(died.mend())
                .isEqualTo("what it said is in " + outcome.directory().workerLog(0));
    }

    @Test
    void stoppedItsWorkersPutTheirTrialsInOrder() {
        SweepBench bench = SweepBench.in(temp);
        Cancellation cancellation = new Cancellation();
        SweepListener stopper = new SweepListener() {
            @Override
            public void trialStarted(Trial trial) {
                Thread later = new Thread(() -> {
                    pause();
                    cancellation.cancel();
                });
                later.start();
            }
        };
        String waiting = DYING.replace("[die, throw, not_a_number]", "[wait, throw]");
        SweepOutcome outcome =
                bench.run(bench.of(waiting).by(SweepProcess.pool(temp, 1)).told(stopper, cancellation));
        assertThat(outcome.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(states(outcome)).containsExactly("INTERRUPTED", "PENDING");
    }

    private static void pause() {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process script(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    private SweepOutcome startingWith(int jobs, SweepExecutor executor, SweepListener listener) {
        SweepBench bench = SweepBench.in(temp);
        WorkerPool pool =
                SweepProcess.pool(jobs, executor, sweep -> SweepProcess.command("work", temp, sweep.toString()));
        return bench.run(bench.of(ROWS).by(pool).told(listener, new Cancellation()));
    }

    @Test
    void aWorkerThatEndsWhileItStartsIsStartedAgain() {
        AtomicInteger started = new AtomicInteger();
        SweepExecutor third = new Strange(worker -> started.getAndIncrement() < 2
                ? script("exit 1")
                : worker.behind().start());
        SweepOutcome outcome = startingWith(1, third, SweepListener.SILENT);
        assertThat(outcome.problems()).isEmpty();
        assertThat(states(outcome)).hasSize(4).containsOnly("FINISHED");
    }

    @Test
    void whereOneWorkerNeverStartsTheOthersGoOn() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        SweepExecutor second = new Strange(worker -> worker.number() == 1
                ? new ProcessBuilder("false").start()
                : worker.behind().start());
        SweepOutcome outcome = startingWith(2, second, SweepBench.warningsIn(warnings));
        assertThat(outcome.problems()).isEmpty();
        assertThat(states(outcome)).hasSize(4).containsOnly("FINISHED");
        assertThat(warnings)
                .containsExactly("worker 1 does not start, and the others go on: a worker process did not start:"
                        + " it ended with status 1; what it said is in "
                        + outcome.directory().workerLog(1));
    }

    @Test
    void aWorkerThatIsKilledWhileItStartsHasNoMemory() {
        SweepExecutor killed = new Strange(worker -> script("kill -9 $$"));
        SweepOutcome outcome = startingWith(1, killed, SweepListener.SILENT);
        assertThat(states(outcome)).containsOnly("PENDING");
        assertThat(outcome.problems()).hasSize(1);
        assertThat(outcome.problems().get(0).code()).isEqualTo(ErrorCode.MEMORY);
        assertThat(outcome.problems().get(0).mend()).startsWith("ask for fewer --jobs");
    }

    @Test
    void aWorkerThatIsReadyAfterTheEndIsHandedNothing() {
        SweepBench bench = SweepBench.in(temp);
        CountDownLatch failed = new CountDownLatch(1);
        SweepListener listener = new SweepListener() {
            @Override
            public void trialEnded(TrialResult result) {
                failed.countDown();
            }
        };
        SweepExecutor late = new Strange(worker -> {
            if (worker.number() == 1) {
                failed.await();
            }
            return worker.behind().start();
        });
        WorkerPool pool = SweepProcess.pool(2, late, sweep -> SweepProcess.command("work", temp, sweep.toString()));
        String failing = DYING.replace("[die, throw, not_a_number]", "[throw, not_a_number]");
        SweepOutcome outcome =
                bench.run(bench.of(failing).by(pool).failingFast().told(listener, new Cancellation()));
        assertThat(states(outcome)).containsExactly("FAILED", "PENDING");
    }

    @Test
    void whatAWorkerCannotReadFailsItsTrialAlone() throws IOException {
        SweepBench bench = SweepBench.in(temp);
        for (String file : List.of("a.txt", "b.txt", "c.txt")) {
            Files.writeString(temp.resolve(file), "the cat sat\n" + file.charAt(0) + "\n");
        }
        SweepListener removing = new SweepListener() {
            @Override
            public void trialStarted(Trial trial) {
                bench.remove("b.txt");
            }
        };
        String yaml = HEAD + """
                data: {words: {source: text, path: a.txt}}
                steps:
                  rows: {use: planted.read_rows, with: {layer_idx: 1, texts: "${data.words}"}}
                sweep:
                  grid: {data.words.path: [a.txt, b.txt, c.txt]}
                """;
        SweepOutcome outcome =
                bench.run(bench.of(yaml).by(SweepProcess.pool(temp, 1)).told(removing, new Cancellation()));
        assertThat(outcome.problems()).isEmpty();
        assertThat(states(outcome)).containsExactly("FINISHED", "FAILED", "FINISHED");
        TrialStatus status = outcome.trials().get(1).status();
        assertThat(status.code()).isEqualTo("FILE-MISSING");
        assertThat(status.cause()).contains(FailureCause.DATA);
        assertThat(status.attempt()).isEqualTo(1);
    }

    @Test
    void aWorkerThatCannotStartIsSaid() {
        SweepBench bench = SweepBench.in(temp);
        WorkerPool broken = SweepProcess.pool(2, new LocalExecutor(), sweep -> List.of("false"));
        SweepOutcome outcome = bench.run(bench.of(DYING).by(broken));
        assertThat(outcome.problems().get(0).message())
                .isEqualTo("a worker process did not start: it ended with status 1");
        assertThat(states(outcome)).containsOnly("PENDING");
    }

    private TrialStatus afterScript(String script) {
        SweepBench bench = SweepBench.in(temp);
        SweepExecutor executor = new Strange(worker -> script(script));
        WorkerPool pool = SweepProcess.pool(1, executor, sweep -> List.of());
        SweepOutcome outcome = bench.run(
                bench.of(DYING.replace("[die, throw, not_a_number]", "[throw]")).by(pool));
        assertThat(outcome.problems()).isEmpty();
        return outcome.trials().get(0).status();
    }

    @Test
    void aWorkerThatDiesBeforeItsTrialBeginsHasTriedIt() {
        TrialStatus status = afterScript("echo '{\"ready\":true}'; read trial; exit 3");
        assertThat(status.cause()).contains(FailureCause.TOOL);
        assertThat(status.attempt()).isEqualTo(1);
    }

    @Test
    void oneThatIsKilledIsTriedTwiceAndHasNoMemory() {
        TrialStatus status = afterScript("echo '{\"ready\":true}'; read trial; kill -9 $$");
        assertThat(status.cause()).contains(FailureCause.MEMORY);
        assertThat(status.attempt()).isEqualTo(2);
    }

    @Test
    void oneThatOutlivesItsOutputIsNotShortOfMemory() {
        TrialStatus status = afterScript("echo '{\"ready\":true}'; read trial; exec sleep 60 >&- 2>&-");
        assertThat(status.cause()).contains(FailureCause.TOOL);
        assertThat(status.message())
                .isEqualTo("the worker process closed its output and still was there after 8 s, so it was ended");
        assertThat(status.attempt()).isEqualTo(1);
    }

    @FunctionalInterface
    private interface Start {
        Process start(WorkerStart worker) throws Exception;
    }

    /** Throws, or gives what a stranger may. */
    private record Strange(Start starting) implements SweepExecutor {
        @Override
        public String name() {
            return "strange";
        }

        @Override
        public String summary() {
            return "Throws.";
        }

        @Override
        public Process start(WorkerStart worker) throws IOException {
            try {
                return starting.start(worker);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Problem problemOf(Start starting) {
        SweepBench bench = SweepBench.in(temp);
        WorkerPool pool = SweepProcess.pool(2, new Strange(starting), sweep -> List.of());
        SweepOutcome outcome = bench.run(bench.of(DYING).by(pool));
        assertThat(states(outcome)).containsOnly("PENDING");
        return outcome.problems().get(0);
    }

    @Test
    void onlyASystemWithoutRoomForAProcessIsShortOfMemory() {
        assertThat(problemOf(worker -> new ProcessBuilder("no-such-command").start())
                        .code())
                .isEqualTo(ErrorCode.TOOL_FAILED);
        assertThat(problemOf(worker -> {
                            throw new IOException("Cannot run program \"java\": error=12, Cannot allocate memory");
                        })
                        .code())
                .isEqualTo(ErrorCode.MEMORY);
    }

    @Test
    void anExecutorThatCannotStartAWorkerIsNamed() {
        assertThat(problemOf(worker -> {
                            throw new IOException("no such queue");
                        })
                        .message())
                .isEqualTo("a worker process cannot be started by 'strange': no such queue");
        assertThat(problemOf(worker -> {
                            throw new IllegalStateException("planted");
                        })
                        .message())
                .isEqualTo("the executor 'strange' (io.arrakis.runtime.sweep.WorkerPoolTest$Strange) threw"
                        + " java.lang.IllegalStateException: planted");
    }

    @Test
    void afterTheUserAskedToStopNoWorkerIsHandedAnother() {
        SweepBench bench = SweepBench.in(temp);
        Cancellation cancellation = new Cancellation();
        SweepListener stopper = new SweepListener() {
            @Override
            public void trialEnded(TrialResult result) {
                cancellation.cancel();
            }
        };
        SweepOutcome outcome =
                bench.run(bench.of(ROWS).by(SweepProcess.pool(temp, 1)).told(stopper, cancellation));
        assertThat(states(outcome)).containsExactly("FINISHED", "PENDING", "PENDING", "PENDING");
    }
}
