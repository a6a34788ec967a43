package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.runner.command.ExitStatus;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: which classes it loads, and how it ends when it is told to. */
class ProcessTest {

    private static final int LIMIT_SECONDS = 60;
    private static final String LIBRARIES = "(org\\.bytedeco|org\\.nd4j\\.(nativeblas|linalg\\.factory)|ai\\.djl)\\..*";

    @TempDir
    private Path folder;

    @Test
    void commandsThatOnlyPrintTouchNoNativeLibrary() throws Exception {
        Path file = Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                model: minilm
                data: {words: {source: wordnet, what: words}}
                steps:
                  heads: {use: kg_extractor.extract_relational_subspaces, with: {layer_idx: 2}}
                """);
        for (List<String> command : List.of(
                List.of("--help"),
                List.of("--version"),
                List.of("tools", "k_prober"),
                List.of("schema"),
                List.of("validate", file.toString()))) {
            Path classes = folder.resolve("classes");
            Process process = start(List.of("-Xlog:class+load:file=" + classes), command);
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(err()).isZero();
            assertThat(Files.readAllLines(classes).stream()
                            .map(line -> line.replaceFirst("^(\\[[^]]*])*\\s*", ""))
                            .toList())
                    .as("%s", command)
                    .anyMatch(line -> line.startsWith(Main.class.getName() + " "))
                    .noneMatch(line -> line.matches(LIBRARIES));
            Files.delete(classes);
        }
    }

    @Test
    void tooLittleMemoryIsSaidInOneSentence() throws Exception {
        Path model = Goldens.FAMILIES.copy("bert", Files.createDirectory(folder.resolve("bert")));
        Files.writeString(folder.resolve("rows.jsonl"), "{\"text\": \"" + "a ".repeat(30_000_000) + "\"}\n");
        Path file = Files.writeString(folder.resolve("long.yaml"), """
                name: long
                model: %s
                data: {texts: {source: jsonl, path: rows.jsonl}}
                steps:
                  senses: {use: k_prober.polysemantic_score, with: {layer_idx: 2, k_neighbors: 2}}
                """.formatted(model));
        Process process = start(List.of("-Xmx48m"), List.of("run", file.toString(), "--json"));
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(err()).isEqualTo(ExitStatus.RESOURCE.number());
        assertThat(err()).contains("error MEMORY: there is not enough memory").doesNotContain("\tat ");
        assertThat(ended(process).document().get("status").asText()).isEqualTo("FAILED");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill that means Ctrl-C")
    void aRunThatIsInterruptedSaysSo() throws Exception {
        Process process = startLongRun();
        interrupt(process);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(err()).isEqualTo(ExitStatus.INTERRUPTED.number());
        Cli ended = ended(process);
        assertThat(ended.document().get("status").asText()).isEqualTo("INTERRUPTED");
        Path run = Path.of(ended.document().get("run").asText());
        assertThat(Cli.document(Files.readString(run.resolve("manifest.json")))
                        .get("state")
                        .asText())
                .isEqualTo("INTERRUPTED");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill that means Ctrl-C")
    void interruptsThatAreRepeatedEndTheProcessWithTheSameStatus() throws Exception {
        Process process = startLongRun();
        while (process.isAlive()) {
            interrupt(process);
            Thread.sleep(20);
        }
        assertThat(process.exitValue()).as(err()).isEqualTo(ExitStatus.INTERRUPTED.number());
        assertThat(err()).doesNotContain("Exception");
    }

    /** Returns when the run directory is there and the first pass has begun. */
    private Process startLongRun() throws Exception {
        Path model = Goldens.FAMILIES.copy("bert", Files.createDirectory(folder.resolve("bert")));
        Files.writeString(folder.resolve("texts.txt"), "the cat sat on the mat and the dog ran\n".repeat(400_000));
        Path file = Files.writeString(folder.resolve("long.yaml"), """
                name: long
                model: %s
                data: {texts: {source: text, path: texts.txt}}
                steps:
                  senses: {use: k_prober.polysemantic_score, with: {layer_idx: 2, k_neighbors: 2}}
                """.formatted(model));
        String saves = folder.resolve("runs").toString();
        String cache = folder.resolve("cache").toString();
        Process process =
                start(List.of(), List.of("run", file.toString(), "--json", "--save-dir", saves, "--cache-dir", cache));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!err().contains("run directory") && process.isAlive() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        return process;
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    @Test
    @Tag("full")
    void processesThatUnpackTheNativeLibrariesAtOnceDoNotDisturbEachOther() throws Exception {
        Path model = Goldens.FAMILIES.copy("bert", Files.createDirectory(folder.resolve("bert")));
        List<String> flags = List.of(
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("natives/javacpp"),
                "-DDJL_CACHE_DIR=" + folder.resolve("natives/djl"),
                "-Dai.djl.offline=true");
        Path file = Files.writeString(folder.resolve("small.yaml"), """
                name: small
                model: %s
                steps:
                  heads: {use: kg_extractor.extract_relational_subspaces, with: {layer_idx: 1}}
                """.formatted(model));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path own = Files.createDirectory(folder.resolve("process " + i));
            List<String> run = List.of("run", file.toString(), "--save-dir", "runs", "--cache-dir", folder + "/cache");
            processes.add(Spawn.start(own, flags, run));
        }
        for (int i = 0; i < processes.size(); i++) {
            assertThat(processes.get(i).waitFor(2 * LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(processes.get(i).exitValue())
                    .as(Files.readString(folder.resolve("process " + i).resolve("err")))
                    .isZero();
        }
    }

    private Process start(List<String> flags, List<String> arguments) throws IOException {
        return Spawn.start(folder, flags, arguments);
    }

    private Cli ended(Process process) throws IOException {
        return new Cli(process.exitValue(), Files.readString(folder.resolve("out")), err());
    }

    private String err() {
        try {
            return Files.readString(folder.resolve("err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
