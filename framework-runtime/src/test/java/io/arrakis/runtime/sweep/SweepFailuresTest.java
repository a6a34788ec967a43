package io.arrakis.runtime.sweep;

import static io.arrakis.runtime.sweep.SweepBench.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.runtime.run.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a trial that failed. */
class SweepFailuresTest {

    private static final String TEXTS = HEAD + """
            data: {words: {source: jsonl, path: good.jsonl, text: text}}
            steps:
              rows: {use: planted.read_rows, with: {layer_idx: 1, texts: "${data.words}"}}
            sweep:
              grid: {data.words.path: [good.jsonl, bad.jsonl]}
            """;

    @TempDir
    Path temp;

    private void data() throws IOException {
        Files.writeString(temp.resolve("good.jsonl"), "{\"text\": \"the cat\"}\n");
        Files.writeString(temp.resolve("bad.jsonl"), "{\"text\": \"the cat\"}\n{\"text\": 5}\n");
    }

    @Test
    void whatIsWrongAndWhereStandInTableRecordAndReport() throws IOException {
        SweepBench bench = SweepBench.in(temp);
        data();
        SweepOutcome outcome = bench.run(TEXTS);
        TrialFailure failure = outcome.trials().get(1).status().failure().orElseThrow();
        String where = temp.resolve("bad.jsonl") + ":2:1";
        assertThat(failure.text()).isEqualTo(where + ": DATA-ROW: the field 'text' is 5, not a text");
        assertThat(failure.cause()).isEqualTo(FailureCause.DATA);
        assertThat(Files.readString(outcome.directory().table())).contains(where);
        assertThat(Files.readString(outcome.directory().record())).contains(where);
        assertThat(Files.readString(outcome.directory().report())).contains("not a text (<code>" + where + "</code>) ");
    }

    @Test
    void aWorkerPointsIntoTheExperimentOfItsTrial() throws IOException {
        SweepBench bench = SweepBench.in(temp);
        String yaml = HEAD + """
                steps:
                  rows: {use: planted.read_rows, with: {layer_idx: 1, texts: [the cat]}}
                  sum: {use: planted.add_to_rows, with: {rows: "${steps.rows}", add: 0}}
                  late: {use: planted.shift, with: {from: "${steps.sum.layer}"}}
                  more: {use: planted.read_rows, with: {layer_idx: "${steps.late.to}", texts: [the cat]}}
                sweep:
                  grid: {steps.rows.with.layer_idx: [1, 2]}
                """;
        SweepOutcome outcome = bench.run(bench.of(yaml).by(SweepProcess.pool(temp, 1)));
        TrialResult failed = outcome.trials().get(1);
        Path file = outcome.directory().trial(failed.trial().id()).experiment();
        String where = failed.status().failure().orElseThrow().where();
        assertThat(where).startsWith(file + ":");
        int line =
                Integer.parseInt(where.substring(file.toString().length() + 1).split(":")[0]);
        assertThat(Files.readAllLines(file).get(line - 1)).contains("${steps.late.to}");
    }

    @Test
    void aFileThatIsGoneIsNoFaultOfTheSettings() throws IOException {
        SweepBench bench = SweepBench.in(temp);
        data();
        SweepListener removing = new SweepListener() {
            @Override
            public void trialEnded(TrialResult result) {
                bench.remove("bad.jsonl");
            }
        };
        Files.writeString(temp.resolve("bad.jsonl"), "{\"text\": \"the dog\"}\n");
        SweepOutcome outcome = bench.run(bench.of(TEXTS).told(removing, new Cancellation()));
        TrialFailure failure = outcome.trials().get(1).status().failure().orElseThrow();
        assertThat(failure.code()).isEqualTo("FILE-MISSING");
        assertThat(failure.cause()).isEqualTo(FailureCause.DATA);
    }

    @Test
    void howToMendItIsSaid() throws IOException {
        SweepBench bench = SweepBench.in(temp);
        String yaml = HEAD + """
                steps:
                  bad: {use: planted.misbehave, with: {how: throw}}
                sweep:
                  grid: {steps.bad.with.how: [throw]}
                """;
        SweepOutcome outcome = bench.run(yaml);
        String mend = "the log has the details";
        assertThat(outcome.trials().get(0).status().failure().orElseThrow().text())
                .endsWith("; " + mend);
        assertThat(Files.readString(outcome.directory().table())).contains(mend);
        assertThat(Files.readString(outcome.directory().record())).contains(mend);
        assertThat(Files.readString(outcome.directory().report())).contains(mend);
    }

    @Test
    void theReportShowsTheFirstOfManyFailures() throws IOException {
        SweepOutcome outcome = SweepBench.in(temp).run(HEAD + """
                steps:
                  bad: {use: planted.misbehave, with: {how: throw}}
                sweep:
                  grid: {seed: {range: [1, 52]}}
                """);
        String report = Files.readString(outcome.directory().report());
        assertThat(report.split("class=\"problem\"", -1)).hasSize(1 + 50);
        assertThat(report).contains("<p>And 2 more that failed; all in <a href=\"trials.csv\">trials.csv</a>.</p>");
    }
}
