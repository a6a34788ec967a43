package io.arrakis.runtime.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Encoding.Span;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.model.GoldenFolders;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeTokenizerTest {

    private static final String DUCK = "\ud83e\udd86";

    @TempDir
    private Path directory;

    /** Returns token:covered text, without the tokens that were added around the text. */
    private static List<String> covered(String folder, String text) {
        try (NativeTokenizer tokenizer = TokenizerFiles.open(GoldenFolders.folder(folder))) {
            Encoding encoding = tokenizer.encode(text, SpecialTokens.ADD);
            List<String> covered = new ArrayList<>();
            for (int i = 0; i < encoding.size(); i++) {
                Span span = encoding.spans().get(i);
                if (!encoding.special(i)) {
                    covered.add(encoding.tokens().get(i) + ":" + text.substring(span.start(), span.end()));
                }
            }
            return covered;
        }
    }

    private static List<String> wholeWords(String folder, String text) {
        try (NativeTokenizer tokenizer = TokenizerFiles.open(GoldenFolders.folder(folder))) {
            Encoding encoding = tokenizer.encode(text, SpecialTokens.ADD);
            boolean[] whole = WholeWords.of(text, encoding);
            return IntStream.range(0, whole.length)
                    .filter(i -> whole[i])
                    .mapToObj(i -> encoding.spans().get(i))
                    .map(span -> text.substring(span.start(), span.end()).strip())
                    .toList();
        }
    }

    @Test
    void countsSpansInJavaCharacters() {
        assertThat(covered("bert", "the " + DUCK + " the")).containsExactly("the:the", "[UNK]:" + DUCK, "the:the");
        assertThat(covered("gpt2", DUCK + "at"))
                .containsExactly("\u00f0:" + DUCK, "\u0141:" + DUCK, "\u00a6:" + DUCK, "\u0128:" + DUCK, "at:at");
        assertThat(covered("mistral", "the " + DUCK + " cat")).endsWith("\u2581c: c", "at:at");
    }

    @Test
    void keepsCombiningMarksAndIdeographsInPlace() {
        assertThat(covered("bert", "ca\u0308t")).containsExactly("ca:ca", "##t:t");
        assertThat(covered("bert", "\u732bthe \u732b")).containsExactly("[UNK]:\u732b", "the:the", "[UNK]:\u732b");
        assertThat(covered("gemma", "i\u0308t")).contains("<0xCC>:\u0308", "<0x88>:\u0308");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the\ud83ethe", "\udd86 the", "the \ud83e", "\udd86\ud83e"})
    void takesHalfASurrogatePairForAnUnknownCharacter(String text) {
        List<String> covered = covered("bert", text);

        assertThat(String.join("", covered)).contains(text.contains("the") ? "the" : "");
        assertThat(covered("gpt2", text)).isNotEmpty();
    }

    @Test
    void takesEmptyTexts() {
        assertThat(covered("bert", "")).isEmpty();
        assertThat(covered("gpt2", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "gpt2", "llama", "mistral", "gemma"})
    void findsWholeWordsInEveryKindOfVocabulary(String folder) {
        assertThat(wholeWords(folder, "a the cat, the, athe theb the9 the's the\u0301"))
                .filteredOn("the"::equals)
                .hasSize(3);
        assertThat(wholeWords(folder, "athe theb the9 9the the\u0301")).doesNotContain("the");
        assertThat(wholeWords(folder, "27 . " + DUCK + " [UNK] <unk>")).doesNotContain("27", ".", DUCK, "[UNK]");
    }

    @ParameterizedTest
    @CsvSource({
        "bert, the, the",
        "bert, ##at, ",
        "bert, [CLS], ",
        "gpt2, \u0120the, the",
        "gpt2, at, ",
        "gpt2, \u00c3, "
    })
    void knowsWhichTokensBeginWords(String folder, String token, String word) {
        try (NativeTokenizer tokenizer = TokenizerFiles.open(GoldenFolders.folder(folder))) {
            int id = tokenizer.id(token).orElseThrow();

            assertThat(tokenizer.word(id)).isEqualTo(Optional.ofNullable(word));
        }
    }

    /** The alphabet of bytes is right if every token that is whole characters decodes to what the library makes of it. */
    @Test
    void readsTheAlphabetOfBytes() {
        int compared = 0;
        try (NativeTokenizer tokenizer = TokenizerFiles.open(GoldenFolders.folder("gpt2"))) {
            for (int id = 0; id < tokenizer.vocabularySize(); id++) {
                String decoded = tokenizer.decode(id);
                if (!decoded.contains("\ufffd") && !tokenizer.token(id).startsWith("<|")) {
                    assertThat(ByteAlphabet.text(tokenizer.token(id))).hasValue(decoded);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(150);
    }

    @Test
    void givesTheSameFromSeveralThreads() {
        try (NativeTokenizer tokenizer = TokenizerFiles.open(GoldenFolders.folder("llama"))) {
            String text = "The cat sat on the mat. ".repeat(50);
            int[] expected = tokenizer.encode(text, SpecialTokens.ADD).ids();

            assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> tokenizer
                            .encode(text, SpecialTokens.ADD)
                            .ids()))
                    .allSatisfy(ids -> assertThat(ids).containsExactly(expected));
        }
    }

    @Test
    void neitherCutsNorFillsUpWhateverTheFileSays() throws IOException {
        String json = Files.readString(GoldenFolders.folder("bert").resolve("tokenizer.json"));
        String cutting = json.replaceFirst(
                        "\"truncation\": *null",
                        "\"truncation\": {\"direction\": \"Right\", \"max_length\": 8, \"strategy\": \"LongestFirst\", \"stride\": 0}")
                .replaceFirst(
                        "\"padding\": *null",
                        "\"padding\": {\"strategy\": {\"Fixed\": 8}, \"direction\": \"Right\","
                                + " \"pad_to_multiple_of\": null, \"pad_id\": 3, \"pad_type_id\": 0, \"pad_token\": \"[PAD]\"}");
        assertThat(cutting).isNotEqualTo(json).contains("\"Fixed\"").contains("max_length");
        Files.writeString(directory.resolve("tokenizer.json"), cutting);

        try (NativeTokenizer tokenizer = TokenizerFiles.open(directory)) {
            assertThat(tokenizer.encode("the ".repeat(1000), SpecialTokens.NONE).size())
                    .isEqualTo(1000);
            assertThat(tokenizer.encode("the", SpecialTokens.ADD).size()).isEqualTo(3);
            assertThat(tokenizer.padId()).isEqualTo(3);
        }
    }

    @Test
    void padsWithTheTokenThatTheSettingsName() {
        try (NativeTokenizer tokenizer = TokenizerFiles.open(GoldenFolders.folder("mistral"))) {
            assertThat(tokenizer.padId()).isEqualTo(2);
        }
    }

    @Test
    void saysThatThereIsNoTokenizer() {
        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> TokenizerFiles.open(directory))
                .withMessageContaining("the model has no tokenizer.json")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_MISSING));
    }

    @Test
    void saysThatItIsTheSettingsThatCannotBeUnderstood() throws IOException {
        Goldens.FAMILIES.copy("gpt2", directory);
        Files.writeString(directory.resolve("tokenizer_config.json"), "{\"pad_token\": ");

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> TokenizerFiles.open(directory))
                .withMessageContaining(
                        "tokenizer_config.json: error MODEL-FILE: what is said of the tokenizer cannot be"
                                + " understood: ")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_FILE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "{}", "{\"model\": 3}", "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}}}"
            })
    void saysWhichTokenizerCannotBeUnderstood(String json) throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), json);

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> TokenizerFiles.open(directory))
                .withMessageContaining("tokenizer.json: error MODEL-FILE: the tokenizer cannot be understood")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_FILE));
    }
}
