package io.arrakis.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.data.ListDataset;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowIndexTest {

    /** Few texts stay in memory. */
    private static final Path NOT_NEEDED = Path.of("no-directory");

    private static final List<String> TEXTS = List.of("one two", "", "three", "four five six");

    private static TokenTable table(int maxTokens, List<String> texts) {
        return new TokenTableBuilder("texts", maxTokens, NOT_NEEDED).texts(texts, new SpaceTokenizer());
    }

    private static int[] of(RowIndex index, IntUnaryOperator value) {
        return IntStream.range(0, index.count()).map(value).toArray();
    }

    @Test
    void eachTokenOfTheTextsOwnIsARow() {
        RowIndex index = table(10, TEXTS).rows(Rows.EACH);
        assertThat(of(index, index::example)).containsExactly(0, 0, 2, 3, 3, 3);
        assertThat(of(index, index::position)).containsExactly(1, 2, 1, 1, 2, 3);
        assertThat(of(index, index::tokenId)).containsExactly(3, 3, 5, 4, 4, 3);
        assertThat(of(index, index::start)).containsExactly(0, 4, 0, 0, 5, 10);
        assertThat(of(index, index::end)).containsExactly(3, 7, 5, 4, 9, 13);
        assertThat(IntStream.rangeClosed(0, 4).map(index::firstRow)).containsExactly(0, 2, 2, 3, 6);
        assertThat(IntStream.range(0, 6).allMatch(index::wholeWord)).isTrue();
        assertThat(index.text(3)).isEqualTo("four five six");
        assertThat(index.exampleId(3)).isEqualTo("3");
    }

    @Test
    void specialTokensAreRowsWhereTheyAreAskedFor() {
        RowIndex index = table(10, TEXTS).rows(Rows.EACH_WITH_SPECIAL);
        assertThat(of(index, index::example)).containsExactly(0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3);
        assertThat(index.start(0)).isEqualTo(-1);
        assertThat(index.wholeWord(0)).isFalse();
    }

    @Test
    void cutsTextsAtTheirEndAndKeepsWhatStandsAround() {
        TokenTable table = table(4, TEXTS);
        assertThat(table.cut()).isEqualTo(1);
        assertThat(IntStream.range(0, 4).map(table::length)).containsExactly(4, 2, 3, 4);
        assertThat(table.text(3).ids()).startsWith(100).endsWith(4, 101);
    }

    @Test
    void noRoomForATokenIsSaid() {
        assertThatThrownBy(() -> table(2, TEXTS))
                .isInstanceOf(ArrakisException.class)
                .hasMessageContaining("max_tokens 2 leaves no room beside 2 special tokens in text '0'");
    }

    @ParameterizedTest
    @CsvSource({"FIRST, 0, 100", "LAST, 2, 3"})
    void oneTokenOfEachText(Rows rows, int position, int tokenId) {
        RowIndex index = table(10, List.of("one two", "three")).rows(rows);
        assertThat(index.count()).isEqualTo(2);
        assertThat(index.example(1)).isEqualTo(1);
        assertThat(index.position(0)).isEqualTo(position);
        assertThat(index.tokenId(0)).isEqualTo(tokenId);
    }

    @Test
    void chosenPositionsAreRowsWhereATextHasThem() {
        TokenTable table = table(10, TEXTS);
        RowIndex some = table.rows(Rows.EACH, Positions.span(2, 5));
        assertThat(of(some, some::example)).containsExactly(0, 3, 3);
        assertThat(of(some, some::position)).containsExactly(2, 2, 3);
        RowIndex first = table.rows(Rows.EACH_WITH_SPECIAL, Positions.first());
        assertThat(of(first, first::example)).containsExactly(0, 1, 2, 3);
        assertThat(of(first, first::tokenId)).containsOnly(100);
        RowIndex last = table.rows(Rows.EACH_WITH_SPECIAL, Positions.last());
        assertThat(of(last, last::position)).containsExactly(3, 1, 2, 4);
    }

    @Test
    void aTextWithoutTheChosenPositionsIsNamedWhereItMakesARow() {
        assertThatThrownBy(() -> table(10, List.of("four five six", "one")).rows(Rows.MEAN, Positions.at(3)))
                .hasMessageContaining("text '1' has no token at the positions that are asked for");
    }

    @Test
    void pooledRowsHaveNoPosition() {
        RowIndex index = table(10, List.of("one two")).rows(Rows.MEAN);
        assertThat(index.position(0)).isEqualTo(-1);
        assertThat(index.tokenId(0)).isEqualTo(-1);
        assertThat(index.start(0)).isEqualTo(-1);
        assertThat(index.wholeWord(0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"LAST", "MAX", "MEAN", "SPAN"})
    void aTextWithNothingToPoolIsNamed(Rows rows) {
        assertThatThrownBy(() -> table(10, TEXTS).rows(rows))
                .isInstanceOf(ArrakisException.class)
                .extracting(e -> ((ArrakisException) e).code())
                .isEqualTo(ErrorCode.DATA_UNFIT);
    }

    private static Example marked(String id, String text, Object start, Object end) {
        return new Example(id, text, Map.of("start", start, "end", end));
    }

    private static TokenTable read(TextSource source, Dataset dataset) {
        TextReader reader = new TextReader(
                SpaceTokenizer::new, name -> dataset, name -> OptionalInt.empty(), 32, NOT_NEEDED, () -> {});
        return reader.read(source, OptionalInt.empty(), "step test");
    }

    private static TokenTable spans(Example... examples) {
        Dataset dataset = new ListDataset(List.of(examples), List.of("start", "end"), "f");
        return read(new TextSource.Data(new DataRef("d")), dataset);
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 1 1", "2, 6, 1 2", "4, 7, 2 2", "3, 5, 2 2", "0, 100, 1 3"})
    void spansAreTheTokensThatTouchThem(int start, int end, String places) {
        TokenTable table = spans(marked("a", "one two six", start, end));
        RowIndex index = table.rows(Rows.SPAN);
        String touched = IntStream.range(0, table.length(0))
                .filter(place -> index.counts(table.text(0), place))
                .boxed()
                .map(String::valueOf)
                .reduce((a, b) -> a.split(" ")[0] + " " + b)
                .map(text -> text.contains(" ") ? text : text + " " + text)
                .orElse("none");
        assertThat(touched).isEqualTo(places);
    }

    @Test
    void aSpanThatTouchesNothingIsAnError() {
        assertThatThrownBy(() -> spans(marked("a", "one two", 3, 4)).rows(Rows.SPAN))
                .hasMessageContaining("text 'a' has no token in a marked part");
        assertThatThrownBy(() -> spans(Example.of("b", "one two")).rows(Rows.SPAN))
                .hasMessageContaining("text 'b'");
    }

    @Test
    void marksDecideTheRowsButNotThePass() {
        TokenTable one = spans(marked("a", "one two", 0, 3));
        TokenTable two = spans(marked("a", "one two", 4, 7));
        assertThat(one.contentHash()).isEqualTo(two.contentHash());
        assertThat(one.spanHash()).isNotEqualTo(two.spanHash());
    }

    @Test
    void textsOfAFieldAreReadAndAMissingOneIsNamed() {
        Example has = new Example("a", "", Map.of("true", "one two"));
        TextSource field = new TextSource.Field(new DataRef("d"), "true");
        assertThat(read(field, new ListDataset(List.of(has), List.of("true"), "f"))
                        .tokens())
                .isEqualTo(4);
        Dataset lacking = new ListDataset(List.of(has, Example.of("b", "x")), List.of("true"), "f");
        assertThatThrownBy(() -> read(field, lacking)).hasMessageContaining("DATA-ROW: example 'b' has nothing there");
    }

    @Test
    void tokensAreTakenAsTheyAre() {
        TokenTable table = read(
                new TextSource.Tokens(List.of(List.of(7, 100, 8), List.of(9))),
                new ListDataset(List.of(), List.of(), "f"));
        RowIndex index = table.rows(Rows.EACH);
        assertThat(of(index, index::tokenId)).containsExactly(7, 100, 8, 9);
        assertThat(index.text(0)).isEmpty();
        assertThat(index.start(0)).isEqualTo(-1);
    }

    @Test
    void contentHashesDifferWhereTokensDo() {
        String hash = table(10, List.of("one two", "three")).contentHash();
        assertThat(table(10, List.of("two one", "seven")).contentHash()).isEqualTo(hash); // same lengths, same ids
        assertThat(table(10, List.of("one", "two three")).contentHash()).isNotEqualTo(hash);
        assertThat(table(10, List.of("one two")).contentHash()).isNotEqualTo(hash);
    }
}
