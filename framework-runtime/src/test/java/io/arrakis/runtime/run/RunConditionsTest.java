package io.arrakis.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.RuntimeSettings;
import io.arrakis.runtime.plan.PassEstimate;
import io.arrakis.runtime.plugin.PluginPath;
import io.arrakis.runtime.report.Report;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.run.PlantedPlugin.ReadRows;
import io.arrakis.runtime.run.PlantedPlugin.RunPasses;
import io.arrakis.runtime.spec.Checked;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs under other conditions than a good day's. */
class RunConditionsTest {

    private static final String ROWS = """
            name: test
            model: ./tiny
            steps:
              rows:
                use: planted.read_rows
                with: {layer_idx: 1, texts: [the cat sat, a, the dog sat on the mat]}
            """;

    @TempDir
    Path temp;

    @BeforeEach
    void model() {
        TinyModel.bert(TinyModel.Size.SMALL, List.of("the", "cat", "dog", "sat", "on", "mat", "a"), 1)
                .write(temp.resolve("tiny"));
    }

    private RunOutcome run(String yaml, RunListener listener, Cancellation cancellation, long cacheBytes)
            throws IOException {
        Path file = Files.writeString(Files.createTempFile(temp, "e", ".yaml"), yaml);
        RuntimeSettings settings = new RuntimeSettings(temp.resolve("cache"), cacheBytes, PluginPath.none());
        try (ArrakisRuntime runtime = ArrakisRuntime.open(settings)) {
            Checked checked = runtime.check(ExperimentReader.Request.of(file));
            RunRequest request = new RunRequest(
                    checked.experiment(), temp.resolve("runs"), "e.yaml", List.of(), OptionalInt.empty(), List.of());
            return runtime.run(request, listener, cancellation);
        }
    }

    private RunOutcome run(String yaml) throws IOException {
        return run(yaml, RunListener.SILENT, new Cancellation(), 1L << 30);
    }

    private static JsonNode manifest(RunOutcome outcome) throws IOException {
        return Json.read(outcome.directory().manifest());
    }

    @Test
    void stoppedInAStepItSaysSoAndLeavesNothingHalfWritten() throws IOException {
        Cancellation cancellation = new Cancellation();
        RunListener stopper = new RunListener() {
            @Override
            public void stepStarted(StepId step, String operation) {
                if (step.step().equals("wait")) {
                    new Thread(cancellation::cancel).start();
                }
            }
        };
        String waiting = ROWS + "  wait:\n    use: planted.misbehave\n    with: {how: wait}\n";
        RunOutcome outcome = run(waiting, stopper, cancellation, 1L << 30);
        assertThat(outcome.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(manifest(outcome).get("state").textValue()).isEqualTo("INTERRUPTED");
        assertThat(outcome.directory().result(StepId.of("rows")).resolve("result.json"))
                .exists();
        assertThat(outcome.directory().result(StepId.of("wait"))).doesNotExist();
    }

    @Test
    void stoppedInAPassItKeepsNothingOfThePass() throws IOException {
        Cancellation cancellation = new Cancellation();
        RunListener stopper = new RunListener() {
            @Override
            public void passStarted(PassEstimate pass) {
                cancellation.cancel();
            }
        };
        RunOutcome outcome = run(ROWS, stopper, cancellation, 1L << 30);
        assertThat(outcome.state()).isEqualTo(RunState.INTERRUPTED);
        try (Stream<Path> files = Files.walk(temp.resolve("cache").resolve("activations"))) {
            assertThat(files.filter(file ->
                            file.toString().endsWith(".part") || file.toString().endsWith(".safetensors")))
                    .isEmpty();
        }
        assertThat(manifest(run(ROWS)).get("forward").get("passes_run").intValue())
                .isEqualTo(1);
    }

    @Test
    void activationsThatAreNotFiniteFailTheRunAndAreNotCached() throws IOException {
        TinyModel broken =
                TinyModel.bert(TinyModel.Size.SMALL, List.of("the", "cat", "dog", "sat", "on", "mat", "a"), 1);
        // The row of 'dog': only texts with it have numbers that are not finite.
        broken.tensor("bert.embeddings.word_embeddings.weight").values()[32 * broken.id("dog")] = Float.NaN;
        broken.write(temp.resolve("tiny"));
        RunOutcome outcome = run(ROWS);
        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome.problems().get(0).code()).isEqualTo(ErrorCode.NOT_FINITE);
        assertThat(outcome.problems().get(0).toString())
                .contains("hook_resid")
                .contains("NaN at text 2 of")
                .contains("arrakis verify-model");
        try (Stream<Path> files = Files.walk(temp.resolve("cache").resolve("activations"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".safetensors")))
                    .isEmpty();
        }
        assertThat(run(ROWS.replace("the dog sat on the mat", "the cat")).state())
                .isEqualTo(RunState.FINISHED);
    }

    @Test
    void anExperimentThatDoesNotFitTheCacheFailsBeforeAnyPass() throws IOException {
        List<String> passes = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void passStarted(PassEstimate pass) {
                passes.add(pass.texts());
            }
        };
        RunOutcome outcome = run(ROWS, listener, new Cancellation(), 1_000);
        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome.problems().get(0).code()).isEqualTo(ErrorCode.CACHE_LIMIT);
        assertThat(outcome.problems().get(0).code().kind().exitStatus()).isEqualTo(3);
        assertThat(passes).isEmpty();
    }

    @Test
    void aSaveDirectoryThatCannotBeMadeIsSaidBeforeAnythingRuns() throws IOException {
        Files.createFile(temp.resolve("runs"));
        assertThatThrownBy(() -> run(ROWS))
                .isInstanceOf(ArrakisException.class)
                .extracting(e -> ((ArrakisException) e).code())
                .isEqualTo(ErrorCode.DIRECTORY);
    }

    @Test
    void aReportThatCannotBeWrittenMakesTheRunAFailure() throws IOException {
        RunListener blocker = new RunListener() {
            @Override
            public void started(Path directory) {
                try {
                    Files.createDirectory(directory.resolve("report.html"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        RunOutcome outcome = run(ROWS, blocker, new Cancellation(), 1L << 30);
        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(manifest(outcome).get("state").textValue()).isEqualTo("FAILED");
        assertThat(manifest(outcome).get("problems").get(0).get("where").textValue())
                .endsWith("report.html");
        assertThat(outcome.directory().result(StepId.of("rows")).resolve("result.json"))
                .exists();
    }

    @Test
    void theReportSaysHowTheRunEnded() throws IOException {
        RunOutcome outcome = run(ROWS);
        assertThat(Files.readString(Report.file(outcome.directory().path())))
                .contains("finished")
                .doesNotContain("class=\"state running");
    }

    @Test
    void damagedActivationsAreMadeAgainWithoutAWord() throws IOException {
        RunOutcome first = run(ROWS);
        try (Stream<Path> files = Files.walk(temp.resolve("cache").resolve("activations"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".safetensors"))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length - 2] ^= 0x40;
                Files.write(file, bytes);
            }
        }
        RunOutcome second = run(ROWS);
        assertThat(manifest(second).get("forward").get("passes_run").intValue()).isEqualTo(1);
        assertThat(result(second)).isEqualTo(result(first));
    }

    private static ReadRows.Read result(RunOutcome outcome) {
        return ResultFiles.read(outcome.directory().result(StepId.of("rows")), ReadRows.Read.class);
    }

    @Test
    void runsAtTheSameTimeShareOneCacheAndEachPassIsRunOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<RunOutcome>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                runs.add(() -> run(ROWS));
            }
            int passes = 0;
            for (Future<RunOutcome> future : threads.invokeAll(runs)) {
                RunOutcome outcome = finished(future);
                passes += manifest(outcome).get("forward").get("passes_run").intValue();
            }
            assertThat(passes).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static RunOutcome finished(Future<RunOutcome> future) throws InterruptedException {
        try {
            RunOutcome outcome = future.get();
            assertThat(outcome.state()).as("%s", outcome.problems()).isEqualTo(RunState.FINISHED);
            return outcome;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    @Test
    void furtherPassesAreRememberedToo() throws IOException {
        String passes = """
                name: test
                model: ./tiny
                steps:
                  p:
                    use: planted.run_passes
                    with: {text: the cat, declared: 3, ran: 3}
                """;
        RunOutcome first = run(passes);
        RunOutcome second = run(passes);
        assertThat(manifest(first).get("forward").get("passes_run").intValue()).isEqualTo(1);
        assertThat(manifest(first).get("forward").get("passes_cached").intValue())
                .isEqualTo(2);
        assertThat(manifest(second).get("forward").get("passes_run").intValue()).isZero();
        assertThat(passed(second)).isEqualTo(passed(first));
    }

    private static RunPasses.Ran passed(RunOutcome outcome) {
        return ResultFiles.read(outcome.directory().result(StepId.of("p")), RunPasses.Ran.class);
    }

    @Test
    void whatItWillCostIsSaidBeforeItRuns() throws IOException {
        List<PassEstimate> planned = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void planned(List<PassEstimate> passes) {
                planned.addAll(passes);
            }
        };
        run(ROWS, listener, new Cancellation(), 1L << 30);
        run(ROWS, listener, new Cancellation(), 1L << 30);
        assertThat(planned.get(0).bytes()).isEqualTo(10 * 32 * 4);
        assertThat(planned.get(0).examples()).isEqualTo(3);
        assertThat(planned.get(0).tokens()).isEqualTo(16);
        assertThat(planned.get(0).missing()).isEqualTo(1);
        assertThat(planned.get(1).missing()).isZero();
        assertThat(planned.get(1).bytes()).isZero();
    }

    @Test
    void theOwnerOfARunningRunIsKnownToBeAliveOrGone() throws IOException {
        assertThat(Owner.current().isGone()).isFalse();
        Owner self = Owner.current();
        assertThat(new Owner(self.host(), self.pid(), Optional.of(Instant.EPOCH)).isGone())
                .isTrue();
        assertThat(new Owner("elsewhere.invalid", 1, Optional.empty()).isGone()).isFalse();
        Process process = new ProcessBuilder("sleep", "60").start();
        Owner other = new Owner(self.host(), process.pid(), process.info().startInstant());
        assertThat(other.isGone()).isFalse();
        process.destroyForcibly().onExit().join();
        assertThat(other.isGone()).isTrue();
    }

    /** Its parent lives on and never asks how it ended, as the first process of many a container. */
    @Test
    void aProcessThatHasEndedUnaskedIsGone() throws IOException, InterruptedException {
        assumeThat(Path.of("/proc/self/stat")).exists();
        Process parent =
                new ProcessBuilder("sh", "-c", "exec 3<&0; sh -c 'echo $$; read line <&3' & exec sleep 60").start();
        try {
            Owner child = new Owner(
                    Owner.current().host(), Long.parseLong(parent.inputReader().readLine()), Optional.empty());
            assertThat(child.isGone()).isFalse();
            parent.outputWriter().close();
            for (int i = 0; i < 500 && !child.isGone(); i++) {
                Thread.sleep(20);
            }
            assertThat(child.isGone()).isTrue();
            assertThat(ProcessHandle.of(child.pid())).as("still listed").isPresent();
        } finally {
            parent.destroyForcibly();
        }
    }
}
