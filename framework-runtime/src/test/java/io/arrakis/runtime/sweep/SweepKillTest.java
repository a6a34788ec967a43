package io.arrakis.runtime.sweep;

import static io.arrakis.runtime.sweep.SweepBench.HEAD;
import static io.arrakis.runtime.sweep.SweepBench.results;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.runtime.result.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends sweeps as hard as a process can be ended, and lets two run at once. */
@Tag("full")
class SweepKillTest {

    private static final int KILLS = 30;
    private static final int LONGEST_MILLIS = 1500;

    private static final String SWEEP = HEAD + """
            controls: {random_model: {seed: 3}}
            steps:
              rows:
                use: planted.read_rows
                with: {layer_idx: 0, texts: [%s]}
              sum:
                use: planted.add_to_rows
                with: {rows: "${steps.rows}", add: 0}
            sweep:
              grid:
                steps.rows.with.layer_idx: [0, 1, 2]
                steps.sum.with.add: {range: [1, 30]}
            """;

    @TempDir
    Path temp;

    /** Texts that no other sweep has read, so that its passes run too. */
    private void write(int number) throws IOException {
        String texts = IntStream.range(0, 40)
                .mapToObj(i -> "the cat sat on the mat" + " dog".repeat(1 + (i + number) % 7))
                .collect(Collectors.joining(", "));
        Files.writeString(temp.resolve("sweep.yaml"), SWEEP.formatted("number" + " a".repeat(number) + ", " + texts));
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Kills a process so long after it has begun; returns whether it was not over before. */
    private static boolean killed(Process process, int millis) throws IOException, InterruptedException {
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (!"begun".equals(line)) {
                assertThat(line).as("what the process says").isNotNull(); // libraries say more
                line = out.readLine();
            }
            boolean over = process.waitFor(millis, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            return !over;
        }
    }

    private SortedMap<String, String> undisturbed(int number) {
        try {
            SweepBench bench = SweepBench.at(temp);
            SweepOutcome outcome = bench.run(
                    bench.of(Files.readString(temp.resolve("sweep.yaml"))).into("undisturbed-" + number));
            assertThat(outcome.count(TrialState.FINISHED)).isEqualTo(90);
            return results(outcome);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private SortedMap<String, String> resumed(int number) throws IOException {
        SweepBench bench = SweepBench.at(temp);
        SweepOutcome outcome =
                bench.run(bench.of(Files.readString(temp.resolve("sweep.yaml"))).into("runs-" + number));
        assertThat(outcome.count(TrialState.FINISHED)).isEqualTo(90);
        return results(outcome);
    }

    @Test
    void killedAtThirtyMomentsItFindsEveryTrialAgain() throws IOException, InterruptedException {
        SweepBench.in(temp);
        SeededRandom random = SeededRandom.of(5, "kills");
        int number = 1;
        int kills = 0;
        write(number);
        while (kills < KILLS) {
            String how = kills % 3 == 2 ? "sweep-by-workers" : "sweep";
            Process process = start(SweepProcess.command(how, temp, "runs-" + number));
            boolean killed = killed(process, random.nextInt(LONGEST_MILLIS));
            kills += killed ? 1 : 0;
            if (!killed) {
                assertThat(resumed(number)).isEqualTo(undisturbed(number));
                number++;
                write(number);
            }
        }
        assertThat(resumed(number)).isEqualTo(undisturbed(number));
        assertThat(leftovers()).isEmpty();
    }

    /** Folders of trials hold nothing that a killed process left half-done. */
    private List<Path> leftovers() throws IOException {
        try (var all = Files.walk(temp)) {
            return all.filter(path -> path.toString().contains("trials/")
                            && path.toString().endsWith(".partial"))
                    .toList();
        }
    }

    @Test
    void twoAtOnceShareCacheAndDirectoryAndRunEachTrialOnce() throws IOException, InterruptedException {
        SweepBench.in(temp);
        write(1);
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(start(SweepProcess.command("sweep", temp, "runs-1")));
        }
        for (Process process : processes) {
            try (BufferedReader out = process.inputReader()) {
                assertThat(out.lines()).contains("begun", "done");
            }
            assertThat(process.waitFor()).isZero();
        }
        Path sweep;
        try (var folders = Files.list(temp.resolve("runs-1").resolve("test"))) {
            sweep = folders.findFirst().orElseThrow();
        }
        Map<String, Integer> begun = new HashMap<>();
        for (String line : Files.readAllLines(sweep.resolve("journal.jsonl"))) {
            JsonNode entry = Json.parse(line);
            if (entry.path("state").asText().equals("RUNNING")) {
                begun.merge(entry.path("trial").asText(), 1, Integer::sum);
            }
        }
        assertThat(begun).hasSize(90);
        assertThat(begun.values()).containsOnly(1);
        assertThat(results(sweep.resolve("trials"))).isEqualTo(undisturbed(1));
    }
}
