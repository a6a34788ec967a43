package io.arrakis.runtime.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.MayBeUndefined;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import io.arrakis.runtime.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {

    @TempDir
    Path temp;

    /** Another process may write the figures of a step and its controls, or a copy, at that moment. */
    @Test
    void copiesNoFileThatIsJustBeingWritten(@TempDir Path folder) throws IOException {
        Path from = Files.createDirectories(folder.resolve("from"));
        Files.writeString(from.resolve("result.json"), "{}");
        Files.writeString(from.resolve("evaluation.csv"), "id");
        Files.createFile(AtomicFiles.beside(from.resolve("evaluation.csv")));

        assertThat(ResultFiles.copy(from, folder.resolve("to"))).isTrue();

        try (Stream<Path> copied = Files.list(folder.resolve("to"))) {
            assertThat(copied.map(Path::getFileName)).containsExactly(Path.of("result.json"));
        }
    }

    @Test
    void readsBackWhatItWroteForManyShapes() {
        for (int seed = 0; seed < 60; seed++) {
            RandomResults.Everything result = new RandomResults(seed).everything();
            Path directory = temp.resolve("r" + seed);
            ResultFiles.write(directory, "tool.operation", Optional.empty(), result);
            assertThat(ResultFiles.read(directory, RandomResults.Everything.class))
                    .as("seed %s", seed)
                    .isEqualTo(result);
        }
    }

    @Test
    void equalResultsGiveEqualBytes() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            write("a" + seed, new RandomResults(seed).everything());
            write("b" + seed, new RandomResults(seed).everything());
            assertThat(bytes(temp.resolve("a" + seed))).isEqualTo(bytes(temp.resolve("b" + seed)));
        }
    }

    @Test
    void mapsInAnyOrderGiveEqualBytes() throws IOException {
        record Maps(Map<String, Integer> counts) {}
        write("one", new Maps(new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3))));
        Map<String, Integer> backwards = new TreeMap<>(java.util.Comparator.reverseOrder());
        backwards.putAll(Map.of("a", 1, "b", 2, "c", 3));
        write("two", new Maps(backwards));
        assertThat(bytes(temp.resolve("one"))).isEqualTo(bytes(temp.resolve("two")));
    }

    @Test
    void readsSomeComponentsIntoAnotherRecordByName() {
        record Wide(int layer, List<Inner> words, Tensor u, String text) {}
        record Narrow(List<OtherInner> words, long layer, Optional<String> added) {}
        Tensor tensor = Tensor.of(List.of("k"), new int[] {2}, new float[] {1, 2});
        write("r", new Wide(3, List.of(new Inner("cat", 0.5, true)), tensor, "x"));
        assertThat(ResultFiles.read(temp.resolve("r"), Narrow.class))
                .isEqualTo(new Narrow(List.of(new OtherInner(0.5, "cat")), 3L, Optional.empty()));
    }

    record Inner(String word, double score, boolean rare) {}

    record OtherInner(double score, String word) {}

    @Test
    void saysWhichComponentIsMissing() {
        record Written(int layer) {}
        record Read(int layers) {}
        write("r", new Written(3));
        assertThatThrownBy(() -> ResultFiles.read(temp.resolve("r"), Read.class))
                .isInstanceOf(UnfitResultException.class)
                .hasMessage("'layers' is not in the result, which has [layer]");
    }

    @Test
    void saysWhichComponentHasAnotherType() {
        record Written(String layer) {}
        record Read(int layer) {}
        write("r", new Written("three"));
        assertThatThrownBy(() -> ResultFiles.read(temp.resolve("r"), Read.class))
                .hasMessage("'layer' is STRING in the result, but is read as int");
    }

    record Score(List<Double> scores) {}

    record Undefined(@MayBeUndefined double score) {}

    record Mean(Estimate mean) {}

    record Holder(Tensor tensor) {}

    record Words(Table words) {}

    record Net(Graph net) {}

    record Maybe(Optional<Double> score) {}

    static Stream<Arguments> notFinite() {
        Table infinite =
                Table.builder().number("x", "").row(Double.NEGATIVE_INFINITY).build();
        Graph graph = new Graph(List.of(new Graph.Node("a", "a", Map.of("size", Double.POSITIVE_INFINITY))), List.of());
        return Stream.of(
                Arguments.of(new Score(List.of(1.0, Double.NaN)), "'scores.1' is NaN"),
                Arguments.of(new Score(List.of(Double.POSITIVE_INFINITY)), "'scores.0' is Infinity"),
                Arguments.of(new Undefined(Double.NEGATIVE_INFINITY), "'score' is -Infinity"),
                Arguments.of(new Mean(new Estimate(Double.NaN, 0, 1)), "'mean.value' is NaN"),
                Arguments.of(new Mean(new Estimate(1, Double.NaN, 1)), "'mean' is NaN"),
                Arguments.of(
                        new Holder(Tensor.of(List.of("i"), new int[] {2}, new float[] {1, Float.NaN})),
                        "'tensor.1' is NaN"),
                Arguments.of(new Words(infinite), "'words.x.0' is -Infinity"),
                Arguments.of(new Net(graph), "'net.a.size' is Infinity"),
                Arguments.of(new Maybe(Optional.of(Double.NaN)), "'score' is NaN"));
    }

    @ParameterizedTest
    @MethodSource("notFinite")
    void refusesNumbersThatAreNot(Record result, String message) {
        assertThatThrownBy(() -> write("r", result))
                .isInstanceOf(UnfitResultException.class)
                .hasMessage(message)
                .extracting(e -> ((UnfitResultException) e).code())
                .isEqualTo(ErrorCode.NOT_FINITE);
        assertThat(temp).isEmptyDirectory();
    }

    record Anything(Object value) {}

    record Text(String text) {}

    @Test
    void refusesNullsAndForeignTypesByName() {
        assertThatThrownBy(() -> write("r", new Text(null)))
                .hasMessage("'text' is null; use Optional for what may be absent");
        assertThatThrownBy(() -> write("r", new Anything(new Object())))
                .hasMessage("'value' is a java.lang.Object, which a result cannot hold");
        assertThat(temp).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00b", "\uD83D\uD83D\uDE00"})
    void refusesHalfACharacter(String text) {
        assertThatThrownBy(() -> write("r", new Text(text))).hasMessageContaining("has half of a character at index");
        assertThatThrownBy(() -> write(
                        "r", new Words(Table.builder().text("w", "").row(text).build())))
                .hasMessageContaining("'words.0' has half of a character");
    }

    @Test
    void namesOfFilesAreSafeAndUnique() throws IOException {
        record Tables(Map<String, Table> tables) {}
        Table table = Table.builder().text("w", "").row("x").build();
        Tables result = new Tables(new TreeMap<>(Map.of("a/b", table, "a?b", table, "A_b", table, "../..", table)));
        write("r", result);
        try (Stream<Path> files = Files.list(temp.resolve("r"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "result.json",
                            "tables..._...csv",
                            "tables.A_b.csv",
                            "tables.a_b_2.csv",
                            "tables.a_b_3.csv");
        }
        assertThat(ResultFiles.read(temp.resolve("r"), Tables.class)).isEqualTo(result);
    }

    @Test
    void writesHeadlinesAndDescriptions() throws IOException {
        write("r", new RandomResults(1).everything());
        JsonNode tree = Json.read(temp.resolve("r").resolve("result.json"));
        assertThat(tree.get("format").intValue()).isEqualTo(1);
        assertThat(tree.get("headlines").get(0)).hasToString("{\"path\":\"parts.rho\",\"label\":\"how much\"}");
        assertThat(tree.get("descriptions").get("scalars").textValue()).isEqualTo("Plain values.");
    }

    @Test
    void replacesAnEarlierResultAsAWhole() {
        record Both(Table words, Tensor u) {}
        write("r", new Both(Table.builder().text("w", "").build(), Tensor.of(List.of(), new int[0], new float[1])));
        write("r", new Text("x"));
        assertThat(temp.resolve("r").toFile().list()).containsExactly("result.json");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidAndNothingIsLeft() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() ->
                        ResultFiles.write(file.resolve("sub").resolve("r"), "t.o", Optional.empty(), new Text("x")))
                .isInstanceOf(ArrakisException.class)
                .extracting(e -> ((ArrakisException) e).code())
                .isEqualTo(ErrorCode.DIRECTORY);
    }

    private void write(String name, Record result) {
        ResultFiles.write(temp.resolve(name), "tool.operation", Optional.empty(), result);
    }

    private static Map<String, String> bytes(Path directory) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return bytes;
    }
}
