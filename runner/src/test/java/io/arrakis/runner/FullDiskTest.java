package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.arrakis.runner.command.ExitStatus;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on a real disk that is too small, at whichever moment it fills up. */
@Tag("full")
@EnabledOnOs(value = OS.LINUX, disabledReason = "a small disk is made as Linux makes it")
class FullDiskTest {

    private static final int LIMIT_SECONDS = 120;

    /** Mounts a disk that only the command sees, and takes what is on it away before it is gone. */
    private static final String ON_A_SMALL_DISK = """
            set -e
            mount -t tmpfs -o size="$1" none disk
            shift
            status=0
            "$@" >out 2>err || status=$?
            cp -r disk/. kept/
            exit $status
            """;

    @TempDir
    private Path folder;

    private Path experiment;

    @BeforeEach
    void makeDisk() throws Exception {
        Files.createDirectory(folder.resolve("disk"));
        Files.createDirectory(folder.resolve("kept"));
        assumeThat(onDiskOf("64k", List.of("true")))
                .as("mounting a disk needs the rights of root in a namespace")
                .isZero();
        Path model = Goldens.FAMILIES.copy("bert", Files.createDirectory(folder.resolve("bert")));
        experiment = Files.writeString(folder.resolve("small.yaml"), """
                name: small
                model: %s
                steps:
                  heads: {use: kg_extractor.extract_relational_subspaces, with: {layer_idx: 1}}
                """.formatted(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4k", "12k", "20k", "32k", "64k", "128k", "256k", "1m", "1200k", "16m"})
    void eitherTheRunIsWholeOrItSaysThatTheDiskIsFull(String size) throws Exception {
        int status = run(size);
        String err = Files.readString(folder.resolve("err"));
        Optional<Path> manifest = manifests().stream().findFirst();
        if (status == ExitStatus.DONE.number()) {
            assertThat(state(manifest.orElseThrow())).isEqualTo("FINISHED");
            assertThat(manifest.orElseThrow().resolveSibling("report.html"))
                    .content()
                    .endsWith("</html>\n");
            return;
        }
        assertThat(status).as(err).isEqualTo(ExitStatus.RESOURCE.number());
        assertThat(err).containsOnlyOnce("error DISK-FULL").doesNotContain("Exception", "\tat ");
        if (manifest.isPresent()) {
            assertThat(state(manifest.get())).isIn("RUNNING", "FAILED");
        }
    }

    private static String state(Path manifest) throws IOException {
        return Cli.document(Files.readString(manifest)).get("state").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4k", "16m"})
    void bothEndsAreReached(String size) throws Exception {
        ExitStatus expected = size.equals("4k") ? ExitStatus.RESOURCE : ExitStatus.DONE;
        assertThat(run(size)).isEqualTo(expected.number());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4k", "32k", "64k", "128k", "256k", "512k", "16m"})
    void eitherTheSweepIsWholeOrItSaysThatTheDiskIsFullAndKeepsWhatIsDone(String size) throws Exception {
        Files.writeString(experiment, Files.readString(experiment) + "sweep: {grid: {seed: {range: [1, 8]}}}\n");
        int status = onSmallDisk("sweep", size);
        String err = Files.readString(folder.resolve("err"));
        if (status == ExitStatus.DONE.number()) {
            assertThat(manifests()).hasSize(8).allSatisfy(manifest -> assertThat(state(manifest))
                    .isEqualTo("FINISHED"));
            return;
        }
        assertThat(status).as(err).isEqualTo(ExitStatus.RESOURCE.number());
        assertThat(err).contains("error DISK-FULL").doesNotContain("Exception", "\tat ");
        for (Path manifest : manifests()) {
            boolean whole = Files.isRegularFile(manifest.resolveSibling("results/heads/result.json"));
            assertThat(whole || !state(manifest).equals("FINISHED")).isTrue();
        }
    }

    private List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("kept"))) {
            return files.filter(file -> file.endsWith("manifest.json")).toList();
        }
    }

    private int run(String size) throws Exception {
        return onSmallDisk("run", size);
    }

    private int onSmallDisk(String command, String size) throws Exception {
        List<String> arguments = List.of(
                command,
                experiment.toString(),
                "--save-dir",
                "disk",
                "--cache-dir",
                folder.resolve("cache").toString());
        return onDiskOf(size, Spawn.command(List.of(), arguments));
    }

    private int onDiskOf(String size, List<String> command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", size));
        words.addAll(command);
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mount").toFile())
                .start();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
