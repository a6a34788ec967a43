package io.arrakis.runtime.sweep;

import static io.arrakis.runtime.sweep.SweepBench.HEAD;
import static io.arrakis.runtime.sweep.SweepBench.results;
import static io.arrakis.runtime.sweep.SweepBench.states;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.plan.PassEstimate;
import io.arrakis.runtime.report.SweepReport;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.RunListener;
import io.arrakis.runtime.run.RunState;
import io.arrakis.testkit.PluginJar;
import io.arrakis.testkit.TestExperiment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepRunTest {

    private static final String ROWS = HEAD + """
            controls: {random_model: {seed: 3}}
            steps:
              rows:
                use: planted.read_rows
                with: {layer_idx: 0, texts: [the cat sat, a, the dog sat on the mat]}
              sum:
                use: planted.add_to_rows
                with: {rows: "${steps.rows}", add: 0}
            sweep:
              grid:
                steps.rows.with.layer_idx: [0, 1, 2]
                steps.sum.with.add: [1, 2]
            """;

    private static final String FAILING = HEAD + """
            steps:
              bad:
                use: planted.misbehave
                with: {how: throw}
              good:
                use: planted.shift
                with: {from: 1}
            sweep:
              grid:
                steps.bad.with.how: [throw, not_a_number, error]
            """;

    private static final String MOODY = """
            package org.example.moody;
            import io.arrakis.api.data.*;
            import java.util.*;
            public final class Moody implements DatasetSource<Moody.Params> {
                public record Params(int at) {}
                @Override public String name() { return "moody"; }
                @Override public String summary() { return "Throws for 2 and 3."; }
                @Override public Class<Params> parameters() { return Params.class; }
                @Override public Dataset open(Params params, DataContext context) {
                    if (params.at() == 2) {
                        throw new IllegalStateException("planted, while open");
                    }
                    Dataset words =
                            new ListDataset(List.of(new Example("a", "the cat", Map.of())), List.of(), "" + params);
                    return params.at() == 3 ? new Broken(words) : words;
                }
                private record Broken(Dataset all) implements Dataset {
                    @Override public int size() { return all.size(); }
                    @Override public Iterator<Example> iterator() { return all.iterator(); }
                    @Override public List<String> fields() { return all.fields(); }
                    @Override public String fingerprint() {
                        throw new IllegalStateException("planted, of the content");
                    }
                }
            }
            """;

    @TempDir
    Path temp;

    private SweepBench bench;

    @BeforeEach
    void bench() {
        bench = SweepBench.in(temp);
    }

    private static JsonNode manifest(SweepOutcome outcome, int trial) throws IOException {
        String id = outcome.trials().get(trial).trial().id();
        return Json.read(outcome.directory().trial(id).manifest());
    }

    @Test
    void runsEveryTrialAsIfItWereAlone() {
        SweepOutcome outcome = bench.run(ROWS);
        assertThat(outcome.state()).isEqualTo(RunState.FINISHED);
        assertThat(outcome.trials()).hasSize(6);
        TestExperiment alone = TestExperiment.in(temp);
        for (TrialResult result : outcome.trials()) {
            Path single =
                    alone.finish(result.trial().experiment().yaml()).directory().orElseThrow();
            assertThat(results(outcome.directory().trial(result.trial().id()).path()))
                    .isEqualTo(results(single));
        }
    }

    @Test
    void runsOnePassForAllTrials() throws IOException {
        List<PassEstimate> passes = new ArrayList<>();
        SweepListener listener = new SweepListener() {
            @Override
            public RunListener passes() {
                return new RunListener() {
                    @Override
                    public void passStarted(PassEstimate pass) {
                        passes.add(pass);
                    }
                };
            }
        };
        SweepOutcome outcome = bench.run(bench.of(ROWS).told(listener, new Cancellation()));
        assertThat(passes).extracting(PassEstimate::missing).containsExactly(3, 3);
        for (int i = 0; i < outcome.trials().size(); i++) {
            assertThat(manifest(outcome, i).at("/forward/passes_run").asInt()).isZero();
        }
    }

    @Test
    void itsReportShowsFiguresOverWhatWasVaried() throws IOException {
        SweepOutcome outcome = bench.run(ROWS + "    seed: [1, 2]\n");
        String report = Files.readString(outcome.directory().report());
        assertThat(report)
                .contains("A sweep of 12 trials over steps.rows.with.layer_idx, steps.sum.with.add, seed; 12 finished.")
                .contains("mean of all values over layer_idx, mean over seed")
                .contains("mean of all values, random model, by layer_idx and add, mean over seed")
                .contains("\"columns\" : [\"0\",\"1\",\"2\"]");
        List<String> figures = Files.readAllLines(outcome.directory().path().resolve("figures.csv"));
        assertThat(figures).hasSize(1 + 12 * 2);
        assertThat(figures.get(0))
                .isEqualTo(
                        "trial,steps.rows.with.layer_idx,steps.sum.with.add,seed,step,control,figure,value,low,high");
        SweepOutcome failing = bench.run(FAILING);
        assertThat(Files.readString(failing.directory().report()))
                .contains("<b>tool</b> how=throw: planted.misbehave", "/log.txt\">log</a>");
    }

    @Test
    void computesAnEqualStepOnce() throws IOException {
        SweepOutcome outcome = bench.run(ROWS);
        assertThat(manifest(outcome, 0).at("/steps/0/same_as").isMissingNode()).isTrue();
        assertThat(manifest(outcome, 1).at("/steps/0/same_as").asText())
                .isEqualTo("../" + outcome.trials().get(0).trial().id() + "/results/rows");
        assertThat(manifest(outcome, 1).at("/steps/2/same_as").isMissingNode()).isTrue();
        assertThat(Files.readAllLines(outcome.directory().shared())).hasSize(3 * 2 + 6 * 2);
    }

    @Test
    void theSameCommandAgainDoesNothing() {
        SweepOutcome first = bench.run(ROWS);
        var before = results(first);
        SweepOutcome second = bench.run(ROWS);
        assertThat(second.ran()).isZero();
        assertThat(second.state()).isEqualTo(RunState.FINISHED);
        assertThat(second.directory()).isEqualTo(first.directory());
        assertThat(results(second)).isEqualTo(before);
    }

    @Test
    void aGrownGridRunsTheNewCellsOnly() {
        SweepOutcome first = bench.run(ROWS);
        SweepOutcome grown = bench.run(ROWS.replace("add: [1, 2]", "add: [1, 2, 3]"));
        assertThat(grown.directory()).isEqualTo(first.directory());
        assertThat(grown.ran()).isEqualTo(3);
        assertThat(grown.trials()).hasSize(9);
    }

    @Test
    void aChangedExperimentIsAnotherSweep() {
        SweepOutcome first = bench.run(ROWS);
        SweepOutcome changed = bench.run(ROWS.replace("a, the dog", "the dog"));
        assertThat(changed.directory()).isNotEqualTo(first.directory());
        assertThat(changed.ran()).isEqualTo(6);
    }

    @Test
    void otherWeightsMakeOtherTrials() {
        SweepOutcome first = bench.run(ROWS);
        SweepBench.model(temp, 2);
        SweepOutcome other = bench.run(ROWS);
        assertThat(other.ran()).isEqualTo(6);
        assertThat(other.trials()).doesNotContainAnyElementsOf(first.trials());
    }

    @Test
    void aFailureIsInItsFolderAndTakesNoOtherDown() throws IOException {
        SweepOutcome outcome = bench.run(FAILING.replace("[throw,", "[return_null, throw,"));
        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.trials())
                .extracting(result -> result.status().cause().orElseThrow())
                .containsExactly(FailureCause.TOOL, FailureCause.TOOL, FailureCause.NUMERIC, FailureCause.TOOL);
        Path folder =
                outcome.directory().trial(outcome.trials().get(1).trial().id()).path();
        assertThat(Files.readString(folder.resolve("log.txt"))).contains("planted failure", "at io.arrakis");
        assertThat(Files.readAllLines(outcome.directory().table())).hasSize(5);
        assertThat(Files.readString(outcome.directory().table())).contains("numeric", "NOT-FINITE");
    }

    @Test
    void aTrialThatTheCacheMayNotHoldFailsAloneAndTheOthersRun() {
        String yaml = HEAD + """
                steps:
                  rows: {use: planted.read_rows, with: {layer_idx: 0, texts: [a]}}
                sweep:
                  grid:
                    steps.rows.with.texts: [[a], [the cat sat on the mat and the dog sat on a mat], [cat]]
                """;
        SweepOutcome outcome = bench.caching(1_000).run(yaml);
        assertThat(states(outcome)).containsExactly("FINISHED", "FAILED", "FINISHED");
        assertThat(outcome.problems()).isEmpty();
        TrialStatus refused = outcome.trials().get(1).status();
        assertThat(refused.code()).isEqualTo("CACHE-LIMIT");
        assertThat(refused.cause()).contains(FailureCause.CONFIG);
        assertThat(bench.caching(1_000).run(yaml).ran()).isZero();
    }

    @Test
    void aDataSourceThatThrowsForOneValueFailsThatTrialAlone() {
        new PluginJar()
                .source("org.example.moody.Moody", MOODY)
                .service(DatasetSource.class, "org.example.moody.Moody")
                .write(temp.resolve("plugins").resolve("moody").resolve("moody.jar"));
        String yaml = HEAD + """
                data: {words: {source: moody, at: 1}}
                steps:
                  rows: {use: planted.read_rows, with: {layer_idx: 0, texts: "${data.words}"}}
                sweep:
                  grid: {data.words.at: [1, 2, 3, 4]}
                """;
        SweepOutcome outcome = bench.using(temp.resolve("plugins")).run(yaml);
        assertThat(outcome.problems()).isEmpty();
        assertThat(states(outcome)).containsExactly("FINISHED", "FAILED", "FAILED", "FINISHED");
        TrialStatus thrown = outcome.trials().get(1).status();
        assertThat(thrown.cause()).contains(FailureCause.TOOL);
        assertThat(thrown.message())
                .startsWith("the data source moody of ")
                .endsWith(" threw IllegalStateException: planted, while open for data.words");
        assertThat(outcome.trials().get(2).status().message())
                .endsWith(" threw IllegalStateException: planted, of the content for data.words");
    }

    @Test
    void outOfMemoryIsTriedOnceMoreWithSmallerBatchesAndMarked() throws IOException {
        SweepOutcome outcome = bench.run(FAILING.replace("[throw,", "[memory, throw,"));
        TrialStatus status = outcome.trials().get(0).status();
        assertThat(status.cause()).contains(FailureCause.MEMORY);
        assertThat(status.attempt()).isEqualTo(2);
        assertThat(status.batchDivisor()).isEqualTo(2);
        assertThat(manifest(outcome, 0).at("/trial/batch_divisor").asInt()).isEqualTo(2);
        assertThat(manifest(outcome, 0).at("/layout/tokens_per_batch").asInt())
                .isEqualTo(manifest(outcome, 1).at("/layout/tokens_per_batch").asInt() / 2);
    }

    @Test
    void failedTrialsRunAgainOnlyWhenAsked() {
        bench.run(FAILING);
        assertThat(bench.run(FAILING).ran()).isZero();
        SweepOutcome again = bench.run(bench.of(FAILING).retrying(TrialState.FAILED));
        assertThat(again.ran()).isEqualTo(3);
        assertThat(again.trials())
                .extracting(result -> result.status().attempt())
                .containsOnly(2);
    }

    @Test
    void theFirstFailureEndsTheSweepWhenAsked() {
        SweepOutcome outcome = bench.run(bench.of(FAILING).failingFast());
        assertThat(states(outcome)).containsExactly("FAILED", "PENDING", "PENDING");
        assertThat(outcome.ran()).isEqualTo(1);
        assertThat(states(bench.run(FAILING))).containsExactly("FAILED", "FAILED", "FAILED");
    }

    @Test
    void missingTrialsRunAgain() throws IOException {
        SweepOutcome outcome = bench.run(ROWS);
        var before = results(outcome);
        Path folder =
                outcome.directory().trial(outcome.trials().get(2).trial().id()).path();
        AtomicFiles.remove(folder);
        SweepOutcome again = bench.run(ROWS);
        assertThat(again.ran()).isEqualTo(1);
        assertThat(results(again)).isEqualTo(before);
    }

    @Test
    void stoppedItGoesOnWhereItWas() {
        Cancellation cancellation = new Cancellation();
        SweepListener stopper = new SweepListener() {
            private int begun;

            @Override
            public void trialStarted(Trial trial) {
                begun++;
                if (begun == 3) {
                    cancellation.cancel();
                }
            }
        };
        SweepOutcome stopped = bench.run(bench.of(ROWS).told(stopper, cancellation));
        assertThat(stopped.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(states(stopped))
                .containsExactly("FINISHED", "FINISHED", "INTERRUPTED", "PENDING", "PENDING", "PENDING");
        SweepOutcome whole = bench.run(ROWS);
        assertThat(whole.ran()).isEqualTo(4);
        assertThat(results(whole)).isEqualTo(results(bench.run(bench.of(ROWS).into("others"))));
    }

    @Test
    void whatADeadProcessLeftIsInterruptedByItself() throws IOException {
        SweepOutcome outcome = bench.run(ROWS);
        Path manifest =
                outcome.directory().trial(outcome.trials().get(1).trial().id()).manifest();
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst("\"state\" : \"FINISHED\"", "\"state\" : \"RUNNING\"")
                        .replaceFirst(
                                "\"process_started\" : \"[^\"]*\"", "\"process_started\" : \"2001-01-01T00:00:00Z\""));
        assertThat(states(bench.run(ROWS))).containsOnly("FINISHED");
    }

    private static void replace(Path file, String what, String by) throws IOException {
        Files.writeString(file, Files.readString(file).replaceAll(what, by));
    }

    @Test
    void aTrialOfAnotherMachineIsNamedWithWhatBeginsItAgain() throws IOException {
        SweepOutcome outcome = bench.run(ROWS);
        Path manifest =
                outcome.directory().trial(outcome.trials().get(1).trial().id()).manifest();
        replace(manifest, "\"state\" : \"FINISHED\"", "\"state\" : \"RUNNING\"");
        replace(manifest, "\"host\" : \"[^\"]*\"", "\"host\" : \"far-away\"");
        List<String> said = new ArrayList<>();
        SweepOutcome after = bench.run(bench.of(ROWS).told(SweepBench.warningsIn(said), new Cancellation()));
        assertThat(after.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(said)
                .containsExactly(
                        "RUNNING on far-away, which cannot be seen from here: 1 of the trials; if that process is"
                                + " gone, --retry interrupted begins them again");
        assertThat(states(bench.run(bench.of(ROWS).retrying(TrialState.INTERRUPTED))))
                .containsOnly("FINISHED");
    }

    /** Writes the record of a sweep as it stood when its trials were to begin. */
    private static Path asItWasWhileRunning(SweepOutcome outcome) throws IOException {
        Path record = outcome.directory().record();
        replace(record, "\"state\" : \"FINISHED\"", "\"state\" : \"PENDING\"");
        replace(record, "\"state\" : \"PENDING\",(\\s+)\"name\"", "\"state\" : \"RUNNING\",$1\"name\"");
        return record;
    }

    @Test
    void theReportOfAKilledSweepSaysWhatTheFoldersSay() throws IOException {
        SweepOutcome outcome = bench.run(ROWS);
        Path record = asItWasWhileRunning(outcome);
        replace(record, "\"pid\" : \\d+", "\"pid\" : " + Integer.MAX_VALUE);
        Path report = SweepReport.write(outcome.directory().path());
        assertThat(Files.readString(report)).contains("class=\"state finished\"", "; 6 finished.");
        AtomicFiles.remove(
                outcome.directory().trial(outcome.trials().get(2).trial().id()).path());
        SweepReport.write(outcome.directory().path());
        assertThat(Files.readString(report)).contains("class=\"state interrupted\"", "; 5 finished; 1 pending.");
        assertThat(Files.readAllLines(outcome.directory().path().resolve("figures.csv")))
                .hasSize(1 + 5 * 2);
        assertThat(Files.readAllLines(outcome.directory().table()))
                .filteredOn(line -> line.contains(",FINISHED,"))
                .hasSize(5);
        assertThat(Json.read(record).path("state").asText()).isEqualTo("INTERRUPTED");
        assertThat(Json.read(record).path("trials").findValuesAsText("state"))
                .containsExactly("FINISHED", "FINISHED", "PENDING", "FINISHED", "FINISHED", "FINISHED");
    }

    @Test
    void theReportLeavesTheRecordOfASweepThatRunsToIt() throws IOException {
        SweepOutcome outcome = bench.run(ROWS);
        Path record = asItWasWhileRunning(outcome);
        replace(record, "\"host\" : \"[^\"]*\"", "\"host\" : \"far-away\"");
        String before = Files.readString(record);
        SweepReport.write(outcome.directory().path());
        assertThat(Files.readString(record)).isEqualTo(before);
        assertThat(Files.readString(outcome.directory().table())).doesNotContain("PENDING");
    }

    @Test
    void aGridThatShrankKeepsTheRowsOfTheTrialsThatAreThere() throws IOException {
        SweepOutcome first = bench.run(ROWS);
        SweepOutcome smaller = bench.run(ROWS.replace("add: [1, 2]", "add: [1]"));
        assertThat(smaller.directory()).isEqualTo(first.directory());
        List<String> rows = Files.readAllLines(smaller.directory().table());
        assertThat(rows).hasSize(1 + 6);
        assertThat(rows.get(0)).endsWith(",smaller_batches,in_grid");
        assertThat(rows)
                .filteredOn(row -> row.contains(",FINISHED,") && row.endsWith(",true"))
                .hasSize(3);
        assertThat(rows)
                .filteredOn(row -> row.contains(",FINISHED,") && row.endsWith(",false"))
                .hasSize(3);
        JsonNode record = Json.read(smaller.directory().record());
        assertThat(record.path("trials")).hasSize(3);
        assertThat(record.path("earlier").findValuesAsText("steps.sum.with.add"))
                .containsExactly("2", "2", "2");
        assertThat(Files.readString(smaller.directory().report()))
                .contains("3 finished; 3 that the grid has no more are in trials.csv only.");
        assertThat(Files.readAllLines(smaller.directory().path().resolve("figures.csv")))
                .hasSize(1 + 3 * 2);
    }

    @Test
    void theRecordKeepsThePassesOfEarlierCommands() throws IOException {
        SweepOutcome outcome = bench.run(ROWS);
        JsonNode passes = Json.read(outcome.directory().record()).path("passes");
        assertThat(passes).hasSize(2);
        bench.run(ROWS);
        assertThat(Json.read(outcome.directory().record()).path("passes")).isEqualTo(passes);
    }

    @Test
    void whatALivingProcessWorksOnIsWaitedFor() throws IOException {
        SweepOutcome outcome = bench.run(ROWS);
        String id = outcome.trials().get(1).trial().id();
        Files.delete(outcome.directory().trial(id).manifest());
        RegionLocks locks = RegionLocks.open(outcome.directory().locks());
        RegionLocks.Held held = locks.tryAcquire(id).orElseThrow();
        List<String> said = new ArrayList<>();
        SweepListener listener = new SweepListener() {
            @Override
            public void warned(String message) {
                said.add(message);
                held.close();
            }
        };
        SweepOutcome after = bench.run(bench.of(ROWS).told(listener, new Cancellation()));
        locks.close();
        assertThat(said).containsExactly("another process runs some of the trials; waiting for it");
        assertThat(after.ran()).isEqualTo(1);
        assertThat(states(after)).containsOnly("FINISHED");
    }

    @Test
    void planSaysWhatWouldRunAndWritesNothing() throws IOException {
        SweepPlan plan = bench.plan(ROWS);
        assertThat(plan.todo()).isEqualTo(6);
        assertThat(plan.passes()).hasSize(2);
        assertThat(plan.passes().get(0).estimate().bytes()).isEqualTo(3L * 10 * 32 * 4);
        assertThat(temp.resolve("runs")).doesNotExist();
        bench.run(ROWS);
        assertThat(bench.plan(ROWS).todo()).isZero();
        try (Stream<Path> files = Files.list(temp.resolve("runs").resolve("test"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aPassOfEmbeddingsOnlyTakesTimeToo() {
        String first = ROWS.replace("layer_idx: [0, 1, 2]", "layer_idx: [0]");
        double seconds = bench.plan(first).passes().get(0).estimate().seconds();
        assertThat(seconds).isPositive();
        assertThat(bench.plan(first.replace("texts: [the", "texts: [the the the the the the the the the the, the"))
                        .passes()
                        .get(0)
                        .estimate()
                        .seconds())
                .isGreaterThan(1.5 * seconds);
        assertThat(bench.plan(ROWS).passes().get(0).estimate().seconds()).isGreaterThan(seconds);
    }

    @Test
    void planNeedsNoWeights() throws IOException {
        Path weights = temp.resolve("tiny").resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        int header = 8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        Arrays.fill(bytes, header, bytes.length, (byte) -1);
        Files.write(weights, bytes);
        assertThat(bench.plan(ROWS).todo()).isEqualTo(6);
        assertThat(temp.resolve("cache").resolve("fingerprints")).doesNotExist();
    }

    @Test
    void equalTrialsRunOnce() {
        List<String> warnings = new ArrayList<>();
        SweepListener listener = SweepBench.warningsIn(warnings);
        String twice = ROWS.replace("add: [1, 2]", "add: [1, 1.0, 2]");
        assertThat(bench.plan(twice).todo())
                .as("also before anything is known of the weights")
                .isEqualTo(6);
        assertThat(bench.run(bench.of(twice).told(listener, new Cancellation())).trials())
                .hasSize(6);
        assertThat(warnings).containsExactly("3 of 9 trials are equal to others, and run once with them");
    }
}
