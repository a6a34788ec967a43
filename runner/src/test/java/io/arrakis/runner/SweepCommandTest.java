package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.runner.command.ExitStatus;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps from the command line. */
class SweepCommandTest {

    private static final String HEADS = """
            name: heads
            model: %s
            steps:
              heads: {use: kg_extractor.extract_relational_subspaces, with: {layer_idx: 1, top_k: 2}}
            sweep:
              grid:
                steps.heads.with.layer_idx: [0, 1]
                seed: [1, 2]
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        Path model = Goldens.FAMILIES.copy("bert", Files.createDirectory(folder.resolve("bert")));
        file = Files.writeString(folder.resolve("heads.yaml"), HEADS.formatted(model));
    }

    private Cli sweep(String... more) {
        return sweep(false, more);
    }

    private Cli sweep(boolean terminal, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sweep", file.toString(), "--save-dir", folder.resolve("runs").toString()));
        arguments.addAll(List.of(more));
        return Cli.run(terminal, Map.of("TERM", "xterm"), arguments.toArray(String[]::new));
    }

    private Path directory() throws IOException {
        try (var folders = Files.list(folder.resolve("runs").resolve("heads"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    @Test
    void saysALineForEachTrialAndThenDoesNothing() throws IOException {
        Cli first = sweep();
        assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.DONE.number());
        assertThat(first.err())
                .containsPattern("1/4 layer_idx=0, seed=1: FINISHED in [0-9.]+ s\n")
                .containsPattern("4/4 layer_idx=1, seed=2: FINISHED in [0-9.]+ s\n");
        assertThat(first.out())
                .isEqualTo(
                        "4 of 4 trials finished; the report is " + directory().resolve("report.html") + "\n");
        Cli second = sweep();
        assertThat(second.status()).isEqualTo(ExitStatus.DONE.number());
        assertThat(second.out())
                .isEqualTo("nothing to do: 4 of 4 trials finished; the report is "
                        + directory().resolve("report.html") + "\n");
    }

    @Test
    void runsTrialsInWorkerProcesses() throws IOException {
        Cli ended = sweep("--jobs", "2", "--json");
        assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.DONE.number());
        JsonNode document = ended.document();
        assertThat(document.path("status").asText()).isEqualTo("FINISHED");
        assertThat(document.path("run").asText()).isEqualTo(directory().toString());
        assertThat(document.path("trials")).hasSize(4);
        assertThat(directory().resolve("worker-0.log")).exists();
    }

    @Test
    void runsTrialsWhereAStrangersExecutorStartsTheWorkers() throws IOException {
        Path sample = Path.of("..", "experiments", "samples", "sweep-executor", "NiceExecutor.java");
        Path seen = folder.resolve("seen");
        String script = "\"sh\", \"-c\", \"echo $0 >> " + seen + "; exec nice -n 19 \\\"$@\\\"\"";
        new PluginJar()
                .source(
                        "org.example.samples.NiceExecutor",
                        Files.readString(sample).replace("\"nice\", \"-n\", \"19\"", script + ", \"started\""))
                .service(SweepExecutor.class, "org.example.samples.NiceExecutor")
                .write(folder.resolve("plugins").resolve("nice").resolve("nice.jar"));
        String plugins = folder.resolve("plugins").toString();
        Cli ended = sweep("--executor", "nice", "--plugins", plugins, "--json");
        assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.DONE.number());
        assertThat(ended.document().path("status").asText()).isEqualTo("FINISHED");
        assertThat(seen).hasContent("started");
        assertThat(Cli.run("tools", "--plugins", plugins).out())
                .containsPattern(
                        "local +\\S+ \\(.*\\) +Runs trials on this machine: in one process, or with --jobs N in N.")
                .containsPattern(
                        "nice +unversioned \\(.*nice.*\\) +Runs trials on this machine with the lowest priority.");
    }

    @Test
    void aTerminalSeesATableThatIsDrawnAnew() {
        Cli ended = sweep(true);
        assertThat(ended.err())
                .contains("  running  layer_idx=0, seed=1\n", "  0 finished, 0 failed, 4 to go\n", "\u001b[2F\u001b[J");
        assertThat(ended.err()).doesNotContain("1/4");
    }

    @Test
    void failuresAreInATableAtTheEndWithAStatusOfTheirOwn() throws IOException {
        String yaml = Files.readString(file);
        yaml = yaml.substring(0, yaml.indexOf("steps:")) + """
                data: {texts: {source: inline, texts: [the cat sat, the dog sat, the cat ran]}}
                steps:
                  senses:
                    use: k_prober.polysemantic_score
                    with: {layer_idx: 1, k_neighbors: 1, max_occurrences: 1000, contexts: "${data.texts}"}
                sweep: {grid: {steps.senses.with.min_occurrences: [900, 1000]}}
                """;
        Files.writeString(file, yaml);
        Cli ended = sweep();
        assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.TRIALS.number());
        assertThat(ended.err()).contains("trial ", "cause", "min_occurrences=900", "min_occurrences=1000");
        assertThat(ended.out()).startsWith("0 of 2 trials finished, 2 failed; the report is ");
        assertThat(sweep().out())
                .startsWith(
                        "nothing to do: 0 of 2 trials finished, 2 failed; --retry failed begins what failed again; ");
        assertThat(sweep("--retry", "failed").status()).isEqualTo(ExitStatus.TRIALS.number());
    }

    @Test
    void aDryRunPrintsTrialsAndPasses() {
        Cli ended = sweep("--dry-run");
        assertThat(ended.status()).isEqualTo(ExitStatus.DONE.number());
        assertThat(ended.out())
                .startsWith(
                        "trial  state    steps.heads.with.layer_idx  seed\n-      PENDING  0                           1\n")
                .contains("4 of 4 trials to run; 0 forward passes, 0 B of activations, about 0.0 s of forward work\n");
        assertThat(folder.resolve("runs")).doesNotExist();
        assertThat(sweep("--dry-run", "--json").document().path("trials")).hasSize(4);
    }

    @Test
    void aDryRunOfManyTrialsPrintsTheFirst() throws IOException {
        Files.writeString(file, Files.readString(file).replace("seed: [1, 2]", "seed: {range: [1, 150]}"));
        Cli ended = sweep("--dry-run");
        assertThat(ended.out().lines().filter(line -> line.startsWith("-      PENDING")))
                .hasSize(200);
        assertThat(ended.out()).contains("\nand 100 more; --json prints all\n\n300 of 300 trials to run;");
        assertThat(sweep("--dry-run", "--json").document().path("trials")).hasSize(300);
    }

    @Test
    void theDryRunPutsEachValueOfAListBelowItsPath() throws IOException {
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("(?s)sweep:.*", "sweep: {list: [{seed: 1}, {threads: 3, seed: 2}]}\n"));
        assertThat(sweep("--dry-run").out())
                .startsWith("trial  state    seed  threads\n-      PENDING  1\n-      PENDING  2     3\n");
    }

    @Test
    void runSaysWhatToTypeInstead() {
        Cli ended = Cli.run("run", file.toString());
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(ended.err())
                .contains("this experiment has a sweep: it is many runs, not one; type 'arrakis sweep " + file);
        Cli valid = Cli.run("validate", file.toString());
        assertThat(valid.err()).isEqualTo(file + " is valid, each of its 4 trials too\n");
    }

    @Test
    void aFileWithoutASweepIsForRun() throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("(?s)sweep:.*", ""));
        Cli ended = sweep();
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(ended.err())
                .isEqualTo(file + ": error USAGE: this experiment has no sweep; type 'arrakis run " + file
                        + "', or add a block 'sweep:'\n");
    }

    @Test
    void wrongOptionsAreSaid() {
        assertThat(sweep("--jobs", "0").err())
                .contains("--jobs: error USAGE: the number of jobs is 0; give a whole number at least 1");
        assertThat(sweep("--executor", "locl").err())
                .contains(
                        "--executor: error USAGE: no executor is called 'locl'; did you mean 'local'? executors: local");
        assertThat(sweep("--set", "seed=3").err()).contains("--set seed: error USAGE: the sweep varies 'seed'");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaid() throws IOException {
        Files.writeString(folder.resolve("runs"), "a file");
        Cli ended = sweep();
        assertThat(ended.status()).isEqualTo(ExitStatus.RESOURCE.number());
        assertThat(ended.err()).contains("error DIRECTORY:").doesNotContain("\tat ");
    }
}
