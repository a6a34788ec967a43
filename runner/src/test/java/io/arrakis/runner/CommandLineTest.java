package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runner.command.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets wrong ends in one sentence and the right status, and nothing is written. */
class CommandLineTest {

    private static final String EXPERIMENT = """
            name: tiny
            model: minilm
            data:
              contexts:
                source: inline
                texts: [a bank of the river, the bank gave me money]
            steps:
              senses:
                use: k_prober.polysemantic_score
                with: {layer_idx: 2, k_neighbors: 2}
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("tiny.yaml"), EXPERIMENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    rum x.yaml                  ~ arrakis: error USAGE: there is no command 'rum'; did you mean 'run'? see 'arrakis --help'
                    hlep                        ~ arrakis: error USAGE: there is no command 'hlep'; did you mean 'help'? see 'arrakis --help'
                    zzzz                        ~ arrakis: error USAGE: there is no command 'zzzz'; see 'arrakis --help'
                    help rum                    ~ arrakis: error USAGE: there is no command 'rum'; did you mean 'run'? see 'arrakis --help'
                    help zzzz                   ~ arrakis: error USAGE: there is no command 'zzzz'; see 'arrakis --help'
                    --hepl                      ~ arrakis: error USAGE: there is no option '--hepl'; did you mean '--help'? see 'arrakis --help'
                    run                         ~ arrakis run: error USAGE: Missing required parameter: 'SPEC'; see 'arrakis run --help'
                    run x.yaml --sett seed=3    ~ arrakis run: error USAGE: there is no option '--sett'; did you mean '--set'? see 'arrakis run --help'
                    run x.yaml --limit many     ~ arrakis run: error USAGE: Invalid value for option '--limit': 'many' is not an int; see 'arrakis run --help'
                    run x.yaml --limit 0        ~ --limit: error USAGE: the limit is 0; give a whole number at least 1
                    run x.yaml --limit -3       ~ --limit: error USAGE: the limit is -3; give a whole number at least 1
                    run x.yaml --set seed       ~ --set seed: error USAGE: a path and a value must stand here; write --set path.to.key=value, such as --set seed=3x.yaml: error FILE-MISSING: there is no such file; check the path2 errors; nothing was run
                    run x.yaml --plugins none   ~ --plugins: error FILE-MISSING: none is not a directory; give a directory that has a folder for each plug-in, with its jars in it
                    validate x.yaml extra       ~ arrakis validate: error USAGE: 'extra' is one argument too many; see 'arrakis validate --help'
                    cache purge                 ~ arrakis cache: error USAGE: there is no command 'purge'; see 'arrakis cache --help'
                    cache                       ~ arrakis cache: error USAGE: Missing required subcommand; see 'arrakis cache --help'
                    tools one two               ~ arrakis tools: error USAGE: 'two' is one argument too many; see 'arrakis tools --help'
                    model                       ~ arrakis model: error USAGE: Missing required parameter: 'MODEL'; see 'arrakis model --help'
                    report none                 ~ none: error FILE-MISSING: it is no run directory: it has no manifest.json; name a directory below runs/
                    capture --model minilm --hooks * --out f ~ arrakis capture: error USAGE: Missing required argument (specify one of these): (--tokens=FILE | --text=FILE); see 'arrakis capture --help'
                    capture --model minilm --hooks * --out f --tokens a --text b ~ arrakis capture: error USAGE: --tokens=FILE, --text=FILE are mutually exclusive (specify only one); see 'arrakis capture --help'
                    """)
    void saysWhatIsWrongWithACommandLine(String line, String sentence) {
        Cli ended = Cli.run(line.split(" "));
        assertThat(ended.err()).isEqualToIgnoringNewLines(sentence + "\n");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
    }

    @Test
    void asksForACommand() {
        assertThat(Cli.run().err()).isEqualTo("arrakis: error USAGE: name a command; see 'arrakis --help'\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    k_neighbors   | k_neighbours    | :10:26: error SPEC-UNKNOWN-KEY: k_prober.polysemantic_score has no option 'k_neighbours'; did you mean 'k_neighbors'?
                    layer_idx: 2  | layer_idx: 12   | :10:23: error SPEC-RANGE: layer_idx 12, but model 'minilm' (line 2) has 0 to 6
                    model: minilm | model: minilmm  | :2:8: error UNKNOWN-MODEL: no model is called 'minilmm'
                    k_prober.     | k_probr.        | :9:10: error UNKNOWN-TOOL: there is no tool 'k_probr'; did you mean 'k_prober'?
                    _score        | _scores         | :9:10: error UNKNOWN-OPERATION: the tool k_prober has no operation 'polysemantic_scores'; did you mean 'polysemantic_score'?
                    source: inline| source: inlin   | :5:13: error UNKNOWN-SOURCE:
                    name: tiny    | name: a/b       | :1:7: error SPEC-NAME:
                    steps:        | stepps:         | :7:1: error SPEC-UNKNOWN-KEY: the experiment has no key 'stepps'; did you mean 'steps'?
                    """)
    void pointsAtWhatIsWrongInAnExperiment(String right, String wrong, String sentence) throws IOException {
        Files.writeString(file, EXPERIMENT.replace(right.strip(), wrong.strip()));
        Path runs = folder.resolve("runs");
        for (String command : new String[] {"validate", "run"}) {
            Cli ended = command.equals("run")
                    ? Cli.run("run", file.toString(), "--save-dir", runs.toString())
                    : Cli.run("validate", file.toString());
            assertThat(ended.err()).contains(file + sentence).doesNotContain("\tat ");
            assertThat(ended.out()).isEmpty();
            assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        }
        assertThat(runs).doesNotExist();
    }

    @Test
    void namesFilesThatAreMissing() throws IOException {
        String none = folder.resolve("none.yaml").toString();
        Cli missing = Cli.run("run", none);
        assertThat(missing.err())
                .isEqualTo(none
                        + ": error FILE-MISSING: there is no such file; check the path\n1 error; nothing was run\n");
        assertThat(missing.status()).isEqualTo(ExitStatus.INPUT.number());

        Files.writeString(file, EXPERIMENT.replace("inline", "text").replaceFirst("texts: .*", "path: none.txt"));
        assertThat(Cli.run("validate", file.toString()).err())
                .contains(file + ":6:11: error FILE-MISSING: path is " + folder.resolve("none.txt")
                        + ", which is not there; paths are relative to the experiment's file");
    }

    @Test
    void pointsAtOverridesOnTheCommandLine() {
        Cli ended = Cli.run("validate", file.toString(), "--set", "steps.senses.with.layer_idx=9");
        assertThat(ended.err()).startsWith("--set steps.senses.with.layer_idx: error SPEC-RANGE: layer_idx 9");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(Cli.run("validate", file.toString(), "--device", "tpu").err())
                .startsWith("--device: error SPEC-CHOICE: device cannot be 'tpu'");
    }

    @Test
    void saysNothingOfAValidExperimentWhenQuiet() {
        assertThat(Cli.run("validate", file.toString())).isEqualTo(new Cli(0, "", file + " is valid\n"));
        assertThat(Cli.run("validate", file.toString(), "--quiet")).isEqualTo(new Cli(0, "", ""));
        assertThat(Cli.run("validate", file.toString(), "-q")).isEqualTo(new Cli(0, "", ""));
    }

    /** Whoever checks a line of {@code run} first types it with another word. */
    @Test
    void validateTakesTheDirectoriesOfRunAndSaysWhetherTheyCanBeWritten() throws IOException {
        Path none = folder.resolve("none");
        String[] line = {"validate", file.toString(), "--save-dir", none + "/runs", "--cache-dir", none + "/cache"};
        assertThat(Cli.run(line)).isEqualTo(new Cli(0, "", file + " is valid\n"));
        assertThat(none).doesNotExist();

        Files.writeString(none, "a file");
        Cli blocked = Cli.run(line);
        assertThat(blocked.status()).isEqualTo(ExitStatus.RESOURCE.number());
        assertThat(blocked.err())
                .contains(
                        none + "/runs: error DIRECTORY: it cannot be written: something else is in its place; choose a")
                .contains(none + "/cache: error DIRECTORY: ")
                .endsWith("2 errors; nothing would run\n");

        Files.writeString(file, EXPERIMENT.replace("k_neighbors", "k_neighbours"));
        Cli both = Cli.run(line);
        assertThat(both.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(both.err()).contains("SPEC-UNKNOWN-KEY").contains("/runs: error DIRECTORY");
    }

    @Test
    void complainsAlsoWhenQuiet() throws IOException {
        Files.writeString(file, EXPERIMENT.replace("k_neighbors", "k_neighbours"));
        assertThat(Cli.run("validate", file.toString(), "--quiet").err()).contains("SPEC-UNKNOWN-KEY");
    }

    @Test
    void coloursOnlyATerminalThatWantsIt() throws IOException {
        Files.writeString(file, EXPERIMENT.replace("k_neighbors", "k_neighbours"));
        String[] validate = {"validate", file.toString()};
        assertThat(Cli.run(true, Map.of(), validate).err()).contains("\u001b[1;31merror SPEC-UNKNOWN-KEY\u001b[0m");
        assertThat(Cli.run(true, Map.of("NO_COLOR", ""), validate).err()).contains("\u001b[");
        assertThat(Stream.of(
                                Cli.run(true, Map.of("NO_COLOR", "1"), validate),
                                Cli.run(true, Map.of("TERM", "dumb"), validate),
                                Cli.run(false, Map.of(), validate))
                        .map(Cli::err))
                .noneMatch(err -> err.contains("\u001b"));
    }

    @Test
    void printsOneDocumentHoweverValidationEnds() throws IOException {
        assertDocument(Cli.run("validate", file.toString(), "--json"), "VALID", 0);
        assertDocument(Cli.run("validate", "--jsn", "--json"), "INVALID", 2, "USAGE");
        assertDocument(Cli.run("run", "none.yaml", "--json"), "INVALID", 2, "FILE-MISSING");
        assertDocument(Cli.run("run", file.toString(), "--limit", "0", "--json"), "INVALID", 2, "USAGE");
        Files.writeString(
                file, EXPERIMENT.replace("k_neighbors", "k_neighbours").replace("minilm", "minilmm"));
        assertDocument(
                Cli.run("validate", file.toString(), "--json"), "INVALID", 2, "UNKNOWN-MODEL", "SPEC-UNKNOWN-KEY");
    }

    @Test
    void savesNothingWhereNothingCanBeSaved() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "no directory").resolve("runs");
        Cli ended = Cli.run("run", file.toString(), "--save-dir", blocked.toString(), "--json");
        assertThat(ended.err())
                .isEqualTo(blocked.resolve("tiny") + ": error DIRECTORY: it cannot be written: Not a directory;"
                        + " choose a directory that you may write to\n");
        assertDocument(ended, "FAILED", 3, "DIRECTORY");
    }

    @Test
    void findsNoGpu() throws IOException {
        Path runs = folder.resolve("runs");
        Cli ended = Cli.run("run", file.toString(), "--device", "gpu:7", "--save-dir", runs.toString(), "--json");
        assertThat(ended.err()).startsWith("device gpu:7: error DEVICE-MISSING: there is no such device; found cpu");
        assertDocument(ended, "FAILED", 3, "DEVICE-MISSING");
        assertThat(runs).doesNotExist();
    }

    @Test
    void aRunThatFailsSaysWhereItsDirectoryIs() {
        Path runs = folder.resolve("runs");
        Cli ended = Cli.run("run", file.toString(), "--save-dir", runs.toString(), "--json");
        assertDocument(ended, "FAILED", 2, "DATA-UNFIT");
        Path run = Path.of(ended.document().get("run").asText());
        assertThat(run).isAbsolute().startsWith(runs.toAbsolutePath());
        assertThat(run.resolve("manifest.json")).content().contains("\"FAILED\"");
    }

    private static void assertDocument(Cli ended, String status, int exit, String... codes) {
        JsonNode document = ended.document();
        assertThat(document.get("status").asText()).isEqualTo(status);
        assertThat(document.has("run")).isTrue();
        assertThat(document.get("problems"))
                .extracting(problem -> problem.get("code").asText())
                .containsExactlyInAnyOrder(codes);
        assertThat(ended.status()).isEqualTo(exit);
    }
}
