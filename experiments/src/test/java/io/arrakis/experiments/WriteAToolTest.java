package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.ToolPlugin;
import io.arrakis.api.sweep.TrialRunner;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Request;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/write-a-tool.md}: it compiles, its test passes, its experiment runs. */
class WriteAToolTest {

    private static final String PACKAGE = "org.example.tools.";
    private static final List<String> CLASSES = List.of("MostAlike", "SimilarTextsPlugin", "MostAlikeContractTest");

    @TempDir
    private Path folder;

    private Path build() throws IOException {
        List<String> blocks = Page.named("write-a-tool.md").blocks("java");
        assertThat(blocks).hasSameSizeAs(CLASSES);
        PluginJar jar = StrangersTests.withTestLibraries(new PluginJar());
        for (int i = 0; i < CLASSES.size(); i++) {
            jar.source(PACKAGE + CLASSES.get(i), blocks.get(i));
        }
        return jar.service(ToolPlugin.class, PACKAGE + "SimilarTextsPlugin")
                .write(folder.resolve("plugins/similar-texts/similar-texts.jar"));
    }

    @Test
    void itsContractTestPasses() throws Exception {
        List<String> tests = StrangersTests.run(build(), PACKAGE + "MostAlikeContractTest");
        assertThat(tests)
                .contains("SUCCESSFUL aTextIsMostAlikeToItself", "SUCCESSFUL givesEqualBytesAgainAlsoBesideAnother")
                .hasSizeGreaterThan(15)
                .allMatch(line -> line.startsWith("SUCCESSFUL "));
    }

    @Test
    void itsExperimentRuns() throws IOException {
        build();
        String yaml = Page.named("write-a-tool.md").blocks("yaml").get(0);
        Path file = Files.writeString(folder.resolve("similar-texts.yaml"), yaml);
        Outcome outcome = TrialRunner.find()
                .run(new Request(
                        file,
                        List.of(),
                        OptionalInt.empty(),
                        List.of(folder.resolve("plugins")),
                        folder.resolve("runs"),
                        folder.resolve("cache")));
        assertThat(outcome.status()).as("%s", outcome.problems()).isEqualTo(Status.FINISHED);
        Path results = outcome.directory().orElseThrow().resolve("results/alike");
        assertThat(Files.readAllLines(results.resolve("pairs.csv")).get(1))
                .startsWith("A cat sat on the mat.,A kitten lay on the rug.,0.");
        assertThat(results.resolve("controls/random_model/pairs.csv")).exists();
    }
}
