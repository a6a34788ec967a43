package io.arrakis.runtime.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Encoding.Span;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.runtime.model.GoldenFolders;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden tokenizer gives the ids, tokens and texts that Hugging Face's own gives. */
class GoldenTokenizersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Path> folders() {
        return Goldens.FAMILIES.folders().stream()
                .map(GoldenFolders::folder)
                .filter(folder -> Files.exists(folder.resolve("tokenizer.json")));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void agreesOnEveryString(Path folder) throws IOException {
        JsonNode strings = inputs(folder).path("strings");
        assertThat(strings.size()).isGreaterThan(3);
        try (NativeTokenizer tokenizer = TokenizerFiles.open(folder)) {
            for (JsonNode string : strings) {
                String text = string.path("text").asText();
                Encoding plain = tokenizer.encode(text, SpecialTokens.NONE);
                assertThat(plain.ids()).as(text).containsExactly(ints(string.path("ids")));
                assertThat(plain.tokens()).as(text).containsExactlyElementsOf(texts(string.path("tokens")));
                assertThat(tokenizer.decode(plain.ids()))
                        .isEqualTo(string.path("decoded").asText());

                Encoding full = tokenizer.encode(text, SpecialTokens.ADD);
                assertThat(full.ids()).as(text).containsExactly(ints(string.path("ids_with_special_tokens")));
                assertThat(IntStream.range(0, full.size()).filter(full::special).count())
                        .isEqualTo(full.size() - plain.size());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void agreesOnEveryPair(Path folder) throws IOException {
        try (NativeTokenizer tokenizer = TokenizerFiles.open(folder)) {
            for (JsonNode pair : inputs(folder).path("pairs")) {
                Encoding encoding = tokenizer.encodePair(
                        pair.path("text").asText(), pair.path("text_pair").asText());
                assertThat(encoding.ids()).containsExactly(ints(pair.path("ids_with_special_tokens")));
                assertThat(IntStream.range(0, encoding.size())
                                .map(encoding::typeId)
                                .toArray())
                        .containsExactly(ints(pair.path("token_type_ids")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void knowsItsVocabulary(Path folder) throws IOException {
        try (NativeTokenizer tokenizer = TokenizerFiles.open(folder)) {
            for (JsonNode string : inputs(folder).path("strings")) {
                int[] ids = ints(string.path("ids_with_special_tokens"));
                Encoding full = tokenizer.encode(string.path("text").asText(), SpecialTokens.ADD);
                for (int position = 0; position < ids.length; position++) {
                    String token = tokenizer.token(ids[position]);
                    assertThat(token).isEqualTo(full.tokens().get(position));
                    assertThat(tokenizer.id(token)).hasValue(ids[position]);
                    assertThat(ids[position]).isLessThan(tokenizer.vocabularySize());
                }
            }
        }
    }

    /** Spans lie inside the text and leave out nothing but white space. */
    @ParameterizedTest
    @MethodSource("folders")
    void spansCoverTheText(Path folder) throws IOException {
        try (NativeTokenizer tokenizer = TokenizerFiles.open(folder)) {
            for (JsonNode string : inputs(folder).path("strings")) {
                String text = string.path("text").asText();
                StringBuilder uncovered = new StringBuilder(text);
                Encoding encoding = tokenizer.encode(text, SpecialTokens.ADD);
                for (Span span : encoding.spans()) {
                    for (int i = span.start(); i < span.end(); i++) {
                        uncovered.setCharAt(i, ' ');
                    }
                }
                assertThat(uncovered.toString()).as(text).isBlank();
            }
        }
    }

    private static JsonNode inputs(Path folder) throws IOException {
        return JSON.readTree(Files.readAllBytes(folder.resolve("inputs.json")));
    }

    private static int[] ints(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
