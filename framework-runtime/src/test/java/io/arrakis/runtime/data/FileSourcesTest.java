package io.arrakis.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourcesTest {

    private static final DataContext CONTEXT = new DataContext("d", 0);

    @TempDir
    private Path directory;

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("data"), content);
    }

    private Dataset text(String content) throws IOException {
        return new TextSource().open(new TextSource.Parameters(write(content)), CONTEXT);
    }

    private Dataset jsonl(String content, String... field) throws IOException {
        Optional<String> text = field.length == 0 ? Optional.empty() : Optional.of(field[0]);
        return new JsonLinesSource().open(new JsonLinesSource.Parameters(write(content), text), CONTEXT);
    }

    private Dataset csv(String content, String... field) throws IOException {
        Optional<String> text = field.length == 0 ? Optional.empty() : Optional.of(field[0]);
        return new CsvSource().open(new CsvSource.Parameters(write(content), text, true, ","), CONTEXT);
    }

    private String message(ArrakisException e) {
        return e.getMessage().replace(directory.toString() + "/", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\n\ntwo two\n", "\uFEFFone\r\n  \r\ntwo two", "one\n\ntwo two\n\n\n"})
    void readsLinesThatAreNotBlank(String content) throws IOException {
        Dataset data = text(content);

        assertThat(data.size()).isEqualTo(2);
        assertThat(data.fields()).isEmpty();
        assertThat(data).containsExactly(Example.of("1", "one"), Example.of("3", "two two"));
        assertThat(data).as("again").hasSize(2);
    }

    @Test
    void readsJsonObjects() throws IOException {
        Dataset data = jsonl("""
                {"text": "one", "label": true, "n": 3, "x": 1.5, "tags": ["a", "b"], "none": null}

                {"text": "two", "other": "o"}
                """);

        assertThat(data.fields()).containsExactly("label", "n", "x", "tags", "other");
        assertThat(data)
                .containsExactly(
                        new Example("1", "one", Map.of("label", true, "n", 3L, "x", 1.5, "tags", List.of("a", "b"))),
                        new Example("3", "two", Map.of("other", "o")));
    }

    /** What nobody reads hinders nobody: such fields are no fields. */
    @Test
    void leavesOutWhatNoFieldCanHave() throws IOException {
        Dataset data = jsonl("""
                {"meta": {"id": 1, "tags": [[1]]}, "text": "one", "label": true}
                {"text": "two", "spans": [{"a": 1}], "holes": [1, null], "grid": [[1, 2], [3]], "label": false}
                {"text": "three", "big": 99999999999999999999, "label": true}
                """);
        assertThat(data.fields()).containsExactly("label");
        assertThat(data).extracting(Example::text).containsExactly("one", "two", "three");
    }

    @Test
    void readsTheFieldThatIsNamedAndRowsWithoutTexts() throws IOException {
        assertThat(jsonl("{\"sentence\": \"s\", \"text\": \"t\"}", "sentence"))
                .containsExactly(new Example("1", "s", Map.of("text", "t")));
        assertThat(jsonl("{\"true\": \"cat\", \"false\": \"dog\"}"))
                .containsExactly(new Example("1", "", Map.of("true", "cat", "false", "dog")));
    }

    @Test
    void saysOfEveryBadRowWhereItIsAndWhatIsWrong() {
        assertThatThrownBy(() -> jsonl("""
                        {"text": "fine"}
                        {"text": "cut
                        [1]
                        {"text": ""}
                        {"text": 3}
                        {"label": "x"}
                        {"text": "a", "text": "b"}
                        {"text": {"b": 1}}
                        {"text": [null]}
                        {"text": "a"} more
                        {"text": 99999999999999999999}
                        """, "text")).isInstanceOfSatisfying(ArrakisException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DATA_ROW);
            assertThat(message(e).lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("data:2:1: error DATA-ROW: the line is not JSON: "),
                            line -> assertThat(line)
                                    .isEqualTo("data:3:1: error DATA-ROW: the line is not a JSON object"),
                            line -> assertThat(line)
                                    .isEqualTo("data:4:1: error DATA-ROW: the field 'text' is blank, not a text"),
                            line -> assertThat(line)
                                    .isEqualTo("data:5:1: error DATA-ROW: the field 'text' is 3, not a text"),
                            line -> assertThat(line)
                                    .isEqualTo("data:6:1: error DATA-ROW: the row has no field 'text'; fields: label"),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "data:7:1: error DATA-ROW: the line is not JSON: Duplicate field 'text'"),
                            line -> assertThat(line)
                                    .isEqualTo("data:8:1: error DATA-ROW: the field 'text' is an object, not a text"),
                            line -> assertThat(line)
                                    .isEqualTo("data:9:1: error DATA-ROW: the field 'text' is a list, not a text"),
                            line -> assertThat(line).startsWith("data:10:1: error DATA-ROW: "),
                            line -> assertThat(line)
                                    .isEqualTo("data:11:1: error DATA-ROW: the field 'text' is a number, not a text"));
        });
    }

    @Test
    void listsTwentyBadRowsAndCountsTheRest() {
        assertThatThrownBy(() -> jsonl("x\n".repeat(50))).isInstanceOfSatisfying(ArrakisException.class, e -> {
            assertThat(e.problems()).hasSize(21);
            assertThat(message(e)).endsWith("data: error DATA-ROW: and 30 more rows that cannot be read");
        });
    }

    @Test
    void readsCsvWithQuotesAndLineBreaksAndEmptyValues() throws IOException {
        Dataset data = csv("text,label,n\n\"a, \"\"b\"\"\nc\",x,\n\ntwo,,2\n");

        assertThat(data.fields()).containsExactly("label", "n");
        assertThat(data)
                .containsExactly(
                        new Example("2", "a, \"b\"\nc", Map.of("label", "x")),
                        new Example("5", "two", Map.of("n", "2")));
    }

    @Test
    void readsCsvWithoutAHeaderAndWithAnotherSeparator() throws IOException {
        Path file = write("one;1\ntwo;2\n");

        Dataset data =
                new CsvSource().open(new CsvSource.Parameters(file, Optional.of("column_1"), false, ";"), CONTEXT);

        assertThat(data)
                .containsExactly(
                        new Example("1", "one", Map.of("column_2", "1")),
                        new Example("2", "two", Map.of("column_2", "2")));
    }

    static Stream<Arguments> wrongCsv() {
        return Stream.of(
                Arguments.of(
                        "a,b\n1,2\n3\n4,5,6",
                        "data:3:1: error DATA-ROW: the row has 1 values, but there are 2 columns\n"
                                + "data:4:1: error DATA-ROW: the row has 3 values, but there are 2 columns"),
                Arguments.of("a,a\n1,2", "data:1:1: error DATA-ROW: two columns are called 'a'"),
                Arguments.of("a,\n1,2", "data:1:1: error DATA-ROW: a column has no name"),
                Arguments.of(
                        "a,b", "data: error DATA-UNFIT: there are no rows in the file; name a file that has some"));
    }

    @ParameterizedTest
    @MethodSource("wrongCsv")
    void saysWhatIsWrongWithCsv(String content, String messages) {
        assertThatThrownBy(() -> csv(content))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(message(e)).isEqualTo(messages));
    }

    @Test
    void endsAtAQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> csv("text\n\"open\nmore\n"))
                .isInstanceOfSatisfying(ArrakisException.class, e -> assertThat(message(e))
                        .startsWith("data:2:1: error DATA-ROW: the row is not CSV: "));
    }

    @Test
    void refusesEmptyFilesAndBytesThatAreNoText() throws IOException {
        assertThatThrownBy(() -> text("\n \n"))
                .isInstanceOfSatisfying(ArrakisException.class, e -> assertThat(message(e))
                        .isEqualTo("data: error DATA-UNFIT: there are no rows in the file; name a file that has some"));
        Path file = Files.write(directory.resolve("data"), "one\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new TextSource().open(new TextSource.Parameters(file), CONTEXT))
                .isInstanceOfSatisfying(ArrakisException.class, e -> assertThat(message(e))
                        .isEqualTo("data:2:1: error DATA-ROW: the line is not UTF-8"));
    }

    @Test
    void changesItsFingerprintWithTheContentAndTheParameters() throws IOException {
        String one = text("one").fingerprint();

        assertThat(text("one").fingerprint()).isEqualTo(one);
        assertThat(text("two").fingerprint()).isNotEqualTo(one);
        assertThat(jsonl("{\"a\": \"x\"}", "a").fingerprint())
                .isNotEqualTo(jsonl("{\"a\": \"x\"}").fingerprint());
    }

    @Test
    void noticesThatAFileChanged() throws IOException {
        Dataset data = text("one\ntwo");
        Files.setLastModifiedTime(directory.resolve("data"), FileTime.fromMillis(1));

        assertThatThrownBy(data::iterator).isInstanceOfSatisfying(ArrakisException.class, e -> assertThat(message(e))
                .isEqualTo("data: error DATA-UNFIT: the file changed while it was in use; run the experiment again"));
    }

    @Test
    void givesSeveralReadersTheirOwnPlace() throws IOException {
        Dataset data = text("one\ntwo");
        Iterator<Example> first = data.iterator();
        Iterator<Example> second = data.iterator();

        assertThat(first.next().text()).isEqualTo("one");
        assertThat(second.next().text()).isEqualTo("one");
        assertThat(first.next().text()).isEqualTo("two");
        assertThat(first.hasNext()).isFalse();
        assertThatThrownBy(first::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void tellsInlineTextsApartHoweverTheyAreCut() {
        InlineSource source = new InlineSource();

        String one = source.open(new InlineSource.Parameters(List.of("a, b"), List.of()), CONTEXT)
                .fingerprint();
        String two = source.open(new InlineSource.Parameters(List.of("a", "b"), List.of()), CONTEXT)
                .fingerprint();
        Dataset rows = source.open(
                new InlineSource.Parameters(List.of(), List.of(Map.of("text", "t", "label", "1"))), CONTEXT);

        assertThat(one).isNotEqualTo(two);
        assertThat(rows.fields()).containsExactly("label");
        assertThat(rows).containsExactly(new Example("1", "t", Map.of("label", "1")));
    }
}
