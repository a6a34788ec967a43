package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the jar of a tool away: the rest goes on, and only an experiment that names the tool is told. */
class MissingToolTest {

    private static final long PATIENCE_SECONDS = 120;

    private static final String EXPERIMENT = """
            name: missing
            model: {random: {like: minilm, seed: 1}}
            data:
              texts: {source: inline, texts: [a cat sat, a dog ran]}
            steps:
              one:
                use: %s
                with: {layer_idx: 1}
            """;

    @TempDir
    private Path directory;

    @Test
    void restOfTheToolsGoesOn() throws Exception {
        Ended ended = validateWithout("tools-kg", EXPERIMENT.formatted("k_prober.polysemantic_score"));
        assertThat(ended.status()).as(ended.output()).isZero();
    }

    @Test
    void experimentThatNamesItIsTold() throws Exception {
        Ended ended = validateWithout("tools-kg", EXPERIMENT.formatted("kg_extractor.extract_relational_subspaces"));
        assertThat(ended.status()).as(ended.output()).isEqualTo(2);
        assertThat(ended.output())
                .contains("experiment.yaml:7:10: error UNKNOWN-TOOL:")
                .contains("kg_extractor");
    }

    /** How a process ended. */
    private record Ended(int status, String output) {}

    private Ended validateWithout(String module, String yaml) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("experiment.yaml"), yaml);
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPathWithout(module),
                        "-Darrakis.cache=" + directory.resolve("cache"),
                        "io.arrakis.runner.Main",
                        "validate",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static String classPathWithout(String module) {
        List<String> all =
                Arrays.asList(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator));
        List<String> rest =
                all.stream().filter(entry -> !entry.contains(module)).toList();
        assertThat(rest).as("the class path without " + module).hasSizeLessThan(all.size());
        return rest.stream().collect(Collectors.joining(File.pathSeparator));
    }
}
