package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution's launcher with a Java that only prints what it was given, a line for each argument. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a script for bash; its twin for Windows is not tested here")
class LauncherTest {

    private static final Path SCRIPT = Path.of("src/main/dist/bin/arrakis");

    @TempDir
    private Path folder;

    private Path home;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void makeDistribution() throws IOException {
        folder = folder.toRealPath();
        home = Files.createDirectories(folder.resolve("a distribution"));
        Files.createDirectory(home.resolve("bin"));
        Files.copy(SCRIPT, home.resolve("bin/arrakis"));
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", folder.resolve("user").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17.0.15", "21.0.2", "25", "26-ea"})
    void startsEveryJavaFromTheOldestSupportedOn(String version) throws Exception {
        java(version);
        assertThat(start("run", "an experiment.yaml").succeeded())
                .contains("-Darrakis.home=" + home)
                .containsSequence("-jar", home.resolve("lib/arrakis.jar").toString())
                .endsWith("run", "an experiment.yaml");
    }

    @ParameterizedTest
    @CsvSource({"17.0.15, false", "22, false", "23.0.1, true", "25.0.3, true"})
    void allowsAccessToMemoryWhereJavaWouldWarnOfIt(String version, boolean allowed) throws Exception {
        java(version);
        assertThat(start("run").succeeded().contains("--sun-misc-unsafe-memory-access=allow"))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402, 8", "11.0.22, 11", "16, 16"})
    void refusesAnOlderJava(String version, int feature) throws Exception {
        Path java = java(version);
        start("--version")
                .failed(
                        3,
                        "arrakis: error: '%s' is Java %d; Arrakis needs 17 or newer: install one, or set JAVA_HOME to one"
                                .formatted(java, feature));
    }

    @Test
    void asksAJavaWithoutReleaseFileForItsVersion() throws Exception {
        Path java = java("11.0.22");
        Files.delete(java.getParent().resolveSibling("release"));
        Launch.script(
                java,
                "#!/bin/sh\necho 'openjdk version \"21.0.2\" 2024-01-16' >&2\n[ \"$1\" = -version ] || printf '%s\\n' \"$@\"\n");
        assertThat(start("tools").succeeded()).endsWith("tools");
    }

    @Test
    void saysThatJavaIsMissing() throws Exception {
        environment.put(
                "PATH",
                Launch.tools(folder.resolve("tools"), "bash basename dirname readlink sed")
                        .toString());
        start("--version")
                .failed(3, "arrakis: error: there is no Java; install version 17 or newer, or set JAVA_HOME to one");
    }

    @Test
    void saysThatJavaHomeHoldsNoJava() throws Exception {
        environment.put("JAVA_HOME", "/nowhere");
        start("--version")
                .failed(
                        3,
                        "arrakis: error: JAVA_HOME is '/nowhere', which has no bin/java;"
                                + " set it to a Java of version 17 or newer");
    }

    @Test
    void findsItsHomeThroughLinks() throws Exception {
        java("17");
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("a distribution/bin/arrakis"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);
        assertThat(start(second, "run").succeeded()).contains("-Darrakis.home=" + home);
    }

    @Test
    void handsOverTheCacheDirectory() throws Exception {
        java("17");
        assertCache(folder.resolve("user/.cache/arrakis"));
        environment.put("XDG_CACHE_HOME", "/a cache");
        assertCache(Path.of("/a cache/arrakis"));
        environment.put("ARRAKIS_CACHE_DIR", "/my cache");
        assertCache(Path.of("/my cache"));
    }

    @Test
    void saysWhetherAPersonMayBeWatching() throws Exception {
        java("17");
        assertThat(start("run").succeeded()).doesNotContain("-Darrakis.terminal=true");
        Path script = Path.of("/usr/bin/script");
        assumeThat(script).as("a program that makes a terminal").exists();
        String launcher = "'" + home.resolve("bin/arrakis") + "' run";
        assertThat(start(script, "-qec", launcher, "/dev/null").succeeded()).contains("-Darrakis.terminal=true");
    }

    @Test
    void handsOverTheFlagsOfTheUserLastSoThatTheyWin() throws Exception {
        java("17");
        environment.put("ARRAKIS_JAVA_OPTS", "-Xmx8g -XX:-UseSerialGC -XX:+UseG1GC");
        assertThat(start("run").succeeded())
                .containsSubsequence(
                        "-XX:+UseSerialGC", "-Xms128m", "-Xmx8g", "-XX:-UseSerialGC", "-XX:+UseG1GC", "-jar");
    }

    @ParameterizedTest
    @CsvSource({
        "--help, true",
        "-V, true",
        "tools, true",
        "validate, true",
        "schema, true",
        "run, false",
        "sweep, false"
    })
    void sparesTheSecondCompilerWhereNothingIsComputed(String command, boolean spared) throws Exception {
        java("17");
        assertThat(start(command).succeeded().contains("-XX:TieredStopAtLevel=1"))
                .isEqualTo(spared);
    }

    @Test
    void makesAnArchiveOfClassesOnceForShortCommands() throws Exception {
        Path java = java("17.0.15");
        Launch.script(java, """
                #!/bin/sh
                for word in "$@"; do
                    case $word in -XX:ArchiveClassesAtExit=*) echo classes > "${word#*=}" ;; esac
                done
                printf '%s\\n' "$@"
                """);
        Path library = Files.createDirectory(home.resolve("lib"));
        assertThat(start("run").succeeded()).noneMatch(word -> word.contains(".jsa"));
        Launch first = start("validate", "an experiment.yaml");
        assertThat(first.err()).containsExactly("arrakis: preparing a quicker start, once");
        assertThat(first.succeeded())
                .anyMatch(word -> word.startsWith("-XX:SharedArchiveFile=" + library + "/start-"))
                .endsWith("validate", "an experiment.yaml");
        assertThat(start("tools").err()).isEmpty();
        assertThat(library).isDirectoryContaining("glob:**.jsa");
    }

    @Test
    void startsWithoutAnArchiveWhereJavaMakesNone() throws Exception {
        java("17.0.15");
        Files.createDirectory(home.resolve("lib"));
        assertThat(start("tools").succeeded()).endsWith("tools");
        Launch second = start("tools");
        assertThat(second.err()).isEmpty();
        assertThat(second.succeeded())
                .noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"))
                .endsWith("tools");
    }

    private void assertCache(Path cache) throws Exception {
        assertThat(start("run").succeeded()).contains("-Darrakis.cache=" + cache);
    }

    /** Makes a Java home of this version and lets JAVA_HOME point at it. */
    private Path java(String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk " + version));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Fake\"\nJAVA_VERSION=\"" + version + "\"\n");
        environment.put("JAVA_HOME", jdk.toString());
        Files.createDirectory(jdk.resolve("bin"));
        return Launch.script(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    }

    private Launch start(String... arguments) throws Exception {
        return start(home.resolve("bin/arrakis"), arguments);
    }

    private Launch start(Path launcher, String... arguments) throws Exception {
        return Launch.of(folder, environment, launcher, arguments);
    }
}
