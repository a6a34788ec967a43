package io.arrakis.runtime.spec.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.problem.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlReaderTest {

    @TempDir
    private Path directory;

    private final ProblemLog log = new ProblemLog();

    private Optional<Node> read(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("e.yaml"), content);
        return new YamlReader(log).file(file, "e.yaml");
    }

    private Optional<Node> read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> problems() {
        return log.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        Node root = read("\uFEFFa: 1").orElseThrow();

        assertThat(((Node.Mapping) root).entries()).containsOnlyKeys("a");
        assertThat(root.location().column()).isEqualTo(1);
    }

    @Test
    void countsColumnsInCharacters() throws IOException {
        Node.Mapping root = (Node.Mapping) read("{\uD83D\uDE00: x, b: y}").orElseThrow();

        assertThat(root.get("b").orElseThrow().location().column()).isEqualTo(11);
    }

    @Test
    void refusesUtf16() throws IOException {
        assertThat(read("a: 1".getBytes(StandardCharsets.UTF_16))).isEmpty();
        assertThat(problems()).containsExactly("e.yaml: error SPEC-SYNTAX: the file is UTF-16; save it as UTF-8");
    }

    @Test
    void saysWhereAFileStopsToBeUtf8() throws IOException {
        assertThat(read("a: 1\nb: caf\u00e9".getBytes(Charset.forName("ISO-8859-1"))))
                .isEmpty();
        assertThat(problems())
                .containsExactly("e.yaml:2:7: error SPEC-SYNTAX: the file is not UTF-8 from here on; save it as UTF-8");
    }

    @Test
    void refusesBinaryFiles() throws IOException {
        assertThat(read(new byte[] {'P', 'K', 3, 4, 0, 0})).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "e.yaml:1:3: error SPEC-SYNTAX: the character U+0003 cannot stand in YAML; take it away");
    }

    @Test
    void refusesFilesOfNothingButZeros() throws IOException {
        assertThat(read(new byte[100])).isEmpty();
        assertThat(problems())
                .containsExactly("e.yaml:1:1: error SPEC-SYNTAX: the character U+0000 cannot stand in YAML;"
                        + " this looks like a binary file; give an experiment in YAML");
    }

    @Test
    void refusesHugeFiles() throws IOException {
        assertThat(read(new byte[(4 << 20) + 1])).isEmpty();
        assertThat(problems())
                .containsExactly("e.yaml: error SPEC-SYNTAX: the file is larger than 4 MiB;"
                        + " put texts into a data file, and name it in 'data'");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThat(new YamlReader(log).file(directory, "d")).isEmpty();
        assertThat(new YamlReader(log).file(directory.resolve("none.yaml"), "none.yaml"))
                .isEmpty();
        assertThat(problems())
                .containsExactly(
                        "d: error FILE-MISSING: this is a directory; give a file",
                        "none.yaml: error FILE-MISSING: there is no such file; check the path");
    }

    @Test
    void refusesABombOfAliases() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, alias))));
        }

        assertThat(read(bomb.toString())).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "e.yaml:4:45: error SPEC-SYNTAX: the aliases up to here stand for more than 10000 values;"
                                + " write the values out, or put them into a data file");
    }

    @Test
    void expandsSmallAliases() throws IOException {
        Node.Mapping root = (Node.Mapping) read("a: &x [1, 2]\nb: *x").orElseThrow();

        assertThat(root.get("b")).isEqualTo(root.get("a"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void refusesDeepNesting() throws IOException {
        assertThat(read("a: " + "[".repeat(10_000) + "]".repeat(10_000))).isEmpty();
        assertThat(problems())
                .containsExactly("e.yaml:1:68: error SPEC-SYNTAX: more than 64 values inside of one another");
    }

    @Test
    void readsJson() throws IOException {
        Node.Mapping root = (Node.Mapping)
                read("{\"a\": [1, \"x\", null], \"b\": {\"c\": 2.5}}").orElseThrow();

        assertThat(root.entries()).containsOnlyKeys("a", "b");
        assertThat(problems()).isEmpty();
    }

    @Test
    void keepsTheCharactersThatItUsesToMendReferences() throws IOException {
        Node.Mapping root = (Node.Mapping) read("a: \"$\uE000x\uE001\"").orElseThrow();

        assertThat(((Node.Scalar) root.get("a").orElseThrow()).text()).isEqualTo("$\uE000x\uE001");
    }
}
