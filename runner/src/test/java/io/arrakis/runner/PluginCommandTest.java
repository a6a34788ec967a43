package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.runner.command.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plugin new} writes, and what it refuses. */
class PluginCommandTest {

    @TempDir
    private Path folder;

    private Cli create(String name, String packageName) {
        return Cli.run("plugin", "new", name, "--package", packageName, "--directory", folder.toString());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesAProjectInWhichEveryNameIsFilledIn() throws IOException {
        Cli ended = create("word-count", "org.example.tools");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).startsWith("wrote " + folder.resolve("word-count"));
        assertThat(files())
                .containsExactly(
                        "word-count/.gitignore",
                        "word-count/README.md",
                        "word-count/experiments/word-count.yaml",
                        "word-count/pom.xml",
                        "word-count/src/main/java/org/example/tools/TokenNorms.java",
                        "word-count/src/main/java/org/example/tools/WordCountPlugin.java",
                        "word-count/src/main/java/org/example/tools/package-info.java",
                        "word-count/src/main/resources/META-INF/services/io.arrakis.api.ToolPlugin",
                        "word-count/src/test/java/org/example/tools/TokenNormsContractTest.java");
        for (String file : files()) {
            assertThat(Files.readString(folder.resolve(file))).as(file).doesNotContainPattern("@[a-zA-Z-]+@");
        }
        assertThat(Files.readString(
                        folder.resolve("word-count/src/main/resources/META-INF/services/io.arrakis.api.ToolPlugin")))
                .isEqualTo("org.example.tools.WordCountPlugin\n");
    }

    @Test
    void pinsTheMavenPluginsThatArrakisItselfIsBuiltWith() throws IOException {
        create("word-count", "org.example.tools");
        String parent = Files.readString(Path.of("..", "pom.xml"));
        List<String> plugins = Pattern.compile(
                        "<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>[^<]+</version>")
                .matcher(Files.readString(folder.resolve("word-count/pom.xml")))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(plugins).hasSize(5);
        assertThat(plugins).allSatisfy(plugin -> assertThat(parent.replaceAll("\\s+", ""))
                .contains(plugin.replaceAll("\\s+", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WordCount",
                "word_count",
                "word--count",
                "word-",
                "9words",
                "wörter",
                "word count",
                "../word",
                "a/b",
                "word.count",
                "aux",
                "",
                "a123456789012345678901234567890123456789012345"
            })
    void refusesANameThatCannotBe(String name) throws IOException {
        Cli ended = create(name, "org.example.tools");
        assertThat(ended.err())
                .startsWith("NAME: error USAGE: '" + name + "' cannot be the name of a plug-in; use lower case words");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Org.Example", "org..example", ".org", "org.", "org.new.tools", "org/example", "1org", "", "a b"
            })
    void refusesAPackageThatCannotBe(String packageName) throws IOException {
        Cli ended = create("word-count", packageName);
        assertThat(ended.err())
                .startsWith("--package: error USAGE: '" + packageName + "' cannot be a Java package; use lower case");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.arrakis.tools.mine", "java.util", "javax.mine", "org.slf4j", "com.google.inject.mine"})
    void refusesAPackageThatAClassLoaderOfAPluginDoesNotLookInto(String packageName) throws IOException {
        Cli ended = create("word-count", packageName);
        assertThat(ended.err())
                .startsWith("--package: error USAGE: classes of '" + packageName
                        + "' would not be found: Java or Arrakis itself has ");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(files()).isEmpty();
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThat(create("Word", "Org").err()).contains("NAME: error USAGE: ", "--package: error USAGE: ");
    }

    @Test
    void refusesTheNameOfAToolThatIsThere() throws IOException {
        assertThat(create("k-prober", "org.example").err())
                .startsWith("NAME: error USAGE: there is a tool 'k_prober' already, of ");
        assertThat(files()).isEmpty();
    }

    @Test
    void needsAPackage() {
        Cli ended = Cli.run("plugin", "new", "word-count");
        assertThat(ended.err()).contains("error USAGE", "--package");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
    }

    @Test
    void writesNothingWhereOneFileIsThere() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("word-count")).resolve("README.md");
        Files.writeString(mine, "mine");
        Cli ended = create("word-count", "org.example.tools");
        assertThat(ended.err())
                .startsWith(mine + ": error USAGE: it is there already, and is not written over; choose another name");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(files()).containsExactly("word-count/README.md");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void keepsWhatElseIsInTheFolder() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("word-count")).resolve("notes.txt");
        Files.writeString(mine, "mine");
        assertThat(create("word-count", "org.example.tools").status()).isZero();
        assertThat(mine).hasContent("mine");
    }

    @Test
    void saysThatTheFolderIsAFile() throws IOException {
        Files.writeString(folder.resolve("word-count"), "mine");
        Cli ended = create("word-count", "org.example.tools");
        assertThat(ended.err()).contains("error DIRECTORY: it cannot be written");
        assertThat(ended.status()).isEqualTo(ExitStatus.RESOURCE.number());
    }
}
