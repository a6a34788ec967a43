package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of the source tree, with a Maven that only makes a distribution that prints its arguments. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a script for bash")
class SourceLauncherTest {

    private static final Path SCRIPT = Path.of("../arrakis");
    private static final String FIRST =
            "arrakis: building the distribution for the first time, which takes a few minutes";
    private static final String AGAIN = "arrakis: the sources have changed, building the distribution again";
    private static final String MAVEN = """
            #!/bin/sh
            echo "[INFO] $*"
            mkdir -p runner/target/quick/arrakis/bin
            cat > runner/target/quick/arrakis/bin/arrakis <<'END'
            #!/bin/sh
            printf '%s\\n' "$ARRAKIS_PLUGINS_DIR" "$@"
            END
            chmod +x runner/target/quick/arrakis/bin/arrakis
            """;

    @TempDir
    private Path folder;

    private Path root;
    private Path maven;
    private Path source;

    @BeforeEach
    void makeSourceTree() throws IOException {
        folder = folder.toRealPath();
        root = folder.resolve("a source tree");
        maven = Launch.script(folder.resolve("tools/mvn"), MAVEN);
        Launch.tools(
                maven.getParent(), "bash basename cat chmod dirname find grep head mkdir mv readlink rm tail touch");
        source = file("tools-kg/src/main/java/Tool.java");
        file("pom.xml");
        file(".mvn/jvm.config");
        file("tools-kg/pom.xml");
        file("benchmarks/src/main/java/Benchmark.java");
        file("experiments/quickstart.yaml");
        Files.copy(SCRIPT, root.resolve("arrakis"));
    }

    @Test
    void buildsOnFirstUseOnly() throws Exception {
        Launch first = start();
        assertThat(first.succeeded()).containsExactly(root.resolve("plugins").toString(), "run", "an experiment.yaml");
        assertThat(first.err()).containsExactly(FIRST + log());
        assertThat(start().err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "tools-kg/pom.xml", ".mvn/jvm.config", "tools-kg/src/main/java/Tool.java"})
    void buildsAgainWhenThisChanged(String file) throws Exception {
        start().succeeded();
        touch(root.resolve(file));
        assertThat(start().err()).containsExactly(AGAIN + log());
    }

    @Test
    void buildsAgainWhenASourceWasTakenAway() throws Exception {
        start().succeeded();
        Files.delete(source);
        touch(source.getParent());
        assertThat(start().err()).containsExactly(AGAIN + log());
    }

    @ParameterizedTest
    @ValueSource(strings = {"experiments/quickstart.yaml", "benchmarks/src/main/java/Benchmark.java"})
    void takesNoNoticeOfWhatIsNotInTheDistribution(String file) throws Exception {
        start().succeeded();
        touch(root.resolve(file));
        assertThat(start().err()).isEmpty();
    }

    @Test
    void showsTheErrorsOfABuildThatFailedAndTriesAgain() throws Exception {
        Launch.script(maven, "#!/bin/sh\necho '[INFO] compiling'\necho '[ERROR] Tool.java:[3,1] no'\nexit 1\n");
        start().failed(
                        1,
                        FIRST + log(),
                        "[ERROR] Tool.java:[3,1] no",
                        "arrakis: error: the build failed; the whole log is in "
                                + root.resolve("target/launcher-build.log"));
        Launch.script(maven, MAVEN);
        assertThat(start().succeeded()).endsWith("an experiment.yaml");
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        Files.delete(maven);
        start().failed(
                        3,
                        "arrakis: error: Maven (mvn) is not on the PATH; install it to build Arrakis,"
                                + " or use a built distribution");
    }

    private String log() {
        return " (log: " + root.resolve("target/launcher-build.log") + ")";
    }

    private Launch start() throws Exception {
        return Launch.of(
                folder,
                Map.of("PATH", maven.getParent().toString()),
                root.resolve("arrakis"),
                "run",
                "an experiment.yaml");
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
    }
}
