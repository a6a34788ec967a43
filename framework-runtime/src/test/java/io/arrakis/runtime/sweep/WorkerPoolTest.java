package io.arrakis.runtime.sweep;

import static io.arrakis.runtime.sweep.SweepBench.HEAD;
import static io.arrakis.runtime.sweep.SweepBench.results;
import static io.arrakis.runtime.sweep.SweepBench.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.WorkerStart;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
        assertThat(outcome.trials().get(0).status().message()).isEqualTo("the worker process ended with status 3");
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

    @Test
    void aWorkerThatCannotStartIsSaid() {
        SweepBench bench = SweepBench.in(temp);
        WorkerPool broken = SweepProcess.pool(2, new LocalExecutor(), sweep -> List.of("false"));
        SweepOutcome outcome = bench.run(bench.of(DYING).by(broken));
        assertThat(outcome.problems().get(0).message())
                .isEqualTo("a worker process did not start: it ended with status 1");
        assertThat(states(outcome)).containsOnly("PENDING");
    }

    /** Throws, or gives what a stranger may. */
    private record Strange(Callable<Process> starting) implements SweepExecutor {
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
                return starting.call();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String problemOf(Callable<Process> starting) {
        SweepBench bench = SweepBench.in(temp);
        WorkerPool pool = SweepProcess.pool(2, new Strange(starting), sweep -> List.of());
        SweepOutcome outcome = bench.run(bench.of(DYING).by(pool));
        assertThat(states(outcome)).containsOnly("PENDING");
        return outcome.problems().get(0).message();
    }

    @Test
    void anExecutorThatCannotStartAWorkerIsNamed() {
        assertThat(problemOf(() -> {
                    throw new IOException("no such queue");
                }))
                .isEqualTo("a worker process cannot be started by 'strange': no such queue");
        assertThat(problemOf(() -> {
                    throw new IllegalStateException("planted");
                }))
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
