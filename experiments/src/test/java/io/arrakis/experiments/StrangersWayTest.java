package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.experiments.Command.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way of a person who never saw our source tree, with the distribution's archive and the framework in a local
 * repository: write a plug-in, build it with a library of its own, install it, run its experiment.
 */
@Tag("full")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a script for bash, the local repository has links")
class StrangersWayTest {

    @TempDir
    private Path folder;

    private final BuiltModules built = new BuiltModules();
    private Path distribution;

    @Test
    void leadsFromAnEmptyFolderToAReport() throws Exception {
        distribution = built.unpackDistribution(folder.resolve("a distribution"));
        Path repository = built.install();
        arrakis(folder, "plugin", "new", "word-count", "--package", "org.example.tools")
                .succeeded();
        Path project = folder.resolve("word-count");
        useALibrary(project);

        Command.in(project)
                .run("mvn", "-o", "-B", "-q", "-Dmaven.repo.local=" + repository, "package")
                .succeeded();
        Path jars = project.resolve("target/plugins/word-count");
        assertThat(names(jars)).hasSize(2).contains("word-count.jar").anyMatch(it -> it.startsWith("hipparchus-core-"));

        assertThat(arrakis(folder, "tools").out()).doesNotContain("word_count");
        copy(jars, distribution.resolve("plugins/word-count"));
        isAToolLikeOurs();
        runs(project);
        saysWhereAMistakeStands(project);
    }

    /** A library of the tool's own, of which the framework's class loader must not be asked. */
    private static void useALibrary(Path project) throws IOException {
        replace(project.resolve("pom.xml"), "  <dependencies>\n    <!-- All that", """
                  <dependencies>
                    <dependency>
                      <groupId>org.hipparchus</groupId>
                      <artifactId>hipparchus-core</artifactId>
                    </dependency>
                    <!-- All that""");
        replace(
                project.resolve("src/main/java/org/example/tools/TokenNorms.java"),
                "sum / rows.count()",
                "org.hipparchus.util.FastMath.abs(sum) / rows.count()");
    }

    private void isAToolLikeOurs() throws IOException, InterruptedException {
        assertThat(arrakis(folder, "tools").succeeded().out())
                .contains("word_count 0.1.0 (" + distribution.resolve("plugins/word-count/word-count.jar") + ")")
                .doesNotContain("broken");
        assertThat(arrakis(folder, "tools", "word_count").succeeded().out())
                .contains("layer_idx", "Residual layer whose vectors are measured.", "default 20: ")
                .contains("use: word_count.token_norms");
        assertThat(arrakis(folder, "schema").succeeded().out()).contains("word_count.token_norms");
    }

    private void runs(Path project) throws IOException, InterruptedException {
        Ended ended = arrakis(project, "run", "experiments/word-count.yaml", "--json");
        JsonNode outcome = new ObjectMapper().readTree(ended.succeeded().out());
        assertThat(outcome.get("status").asText()).isEqualTo("FINISHED");
        Path run = Path.of(outcome.get("run").asText());
        assertThat(Files.readString(run.resolve("report.html")))
                .contains(
                        "mean length of a vector", "Mean length of the vectors of the most frequent tokens at layer 2");
        assertThat(Files.readString(run.resolve("results/norms/tokens.csv"))).startsWith("token,occurrences,norm\n");
        assertThat(run.resolve("results/norms/controls/random_model/tokens.csv"))
                .exists();
        JsonNode manifest =
                new ObjectMapper().readTree(run.resolve("manifest.json").toFile());
        assertThat(manifest.get("tools").toString()).contains("word_count", "0.1.0");
    }

    private void saysWhereAMistakeStands(Path project) throws IOException, InterruptedException {
        Path experiment = project.resolve("experiments/word-count.yaml");
        replace(experiment, "layer_idx: 2", "layer_idx: 7\n      topp: 3");
        Ended ended = arrakis(project, "validate", "experiments/word-count.yaml");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("experiments/word-count.yaml:18:18: error SPEC-RANGE: layer_idx 7", "0 to 6")
                .contains(
                        "experiments/word-count.yaml:19:7: error SPEC-UNKNOWN-KEY: word_count.token_norms has no option"
                                + " 'topp'; did you mean 'top'?");
    }

    private Ended arrakis(Path where, String... arguments) throws IOException, InterruptedException {
        String natives = Stream.of("org.bytedeco.javacpp.cachedir", "DJL_CACHE_DIR")
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .reduce("", (all, one) -> all + " " + one);
        String[] command = Stream.concat(
                        Stream.of(distribution.resolve("bin/arrakis").toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Command.in(where)
                .with("ARRAKIS_CACHE_DIR", folder.resolve("cache").toString())
                .with("ARRAKIS_JAVA_OPTS", natives + " -Duser.home=" + folder)
                .run(command);
    }

    private static void replace(Path file, String what, String with) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(what);
        Files.writeString(file, text.replace(what, with));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : names(from)) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }
}
