package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/jshell.md}, pasted into a JShell with the class path of this test, which has all modules of the distribution. */
class JShellPageTest {

    /** What the command {@code jshell} imports by itself, as far as the page uses it. */
    private static final List<String> STARTUP = List.of("import java.util.*;", "import java.nio.file.*;");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void worksByPasting() throws IOException {
        String saved = ".saveTo(Path.of(\"" + folder.resolve("runs") + "\")).cacheIn(Path.of(\""
                + folder.resolve("cache") + "\"))";
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
                JShell shell = JShell.builder()
                        .out(out)
                        .remoteVMOptions(
                                "-Xmx1g",
                                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                                "-Dorg.bytedeco.javacpp.cachedir="
                                        + System.getProperty("org.bytedeco.javacpp.cachedir"),
                                "-DDJL_CACHE_DIR=" + System.getProperty("DJL_CACHE_DIR"),
                                "-Duser.home=" + folder)
                        .build()) {
            List.of(StrangersTests.CLASS_PATH.split(File.pathSeparator)).forEach(shell::addToClasspath);
            STARTUP.forEach(line -> paste(shell, line));
            for (String block : Page.named("jshell.md").blocks("java")) {
                paste(shell, block.replace(".open();", saved + ".open();"));
            }
        }
        assertThat(folder.resolve("runs/bench")).isDirectory();
        assertThat(folder.resolve("runs/probing")).isDirectory();
        try (var runs = Files.list(folder.resolve("runs/layers_of_one_neuron"))) {
            assertThat(runs).hasSize(3);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).startsWith("[");
        assertThat(lines.get(1)).startsWith(folder.resolve("runs/bench").toString());
        assertThat(lines.get(lines.size() - 1)).matches("\\[[01]\\.\\d+, [01]\\.\\d+, [01]\\.\\d+]");
    }

    private static void paste(JShell shell, String text) {
        String rest = text;
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            for (SnippetEvent event : shell.eval(next.source())) {
                String problem = shell.diagnostics(event.snippet())
                        .map(diagnostic -> diagnostic.getMessage(null))
                        .toList()
                        .toString();
                assertThat(event.status()).as("%s%n%s", next.source(), problem).isEqualTo(Snippet.Status.VALID);
                assertThat(event.exception()).as(next.source()).isNull();
            }
            rest = next.remaining();
        }
    }
}
