package io.arrakis.runtime.model.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Reads from {@code tokenizer.json} what the native library does not tell: the vocabulary and its style. */
final class TokenizerJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Integer> ids = new HashMap<>();
    private String modelType = "";
    private boolean byteLevel;
    private OptionalInt padId = OptionalInt.empty();

    private TokenizerJson() {}

    /** Reads a file's text piece by piece: a vocabulary has up to some hundred thousand tokens. */
    static TokenizerJson read(byte[] text) throws IOException {
        TokenizerJson json = new TokenizerJson();
        try (JsonParser parser = JSON.createParser(text)) {
            json.readFields(parser, json::readTopLevel);
        }
        return json;
    }

    /** Returns the tokens. */
    Vocabulary vocabulary() {
        return new Vocabulary(ids, style());
    }

    /** Returns the id that the file pads with, where it pads. */
    OptionalInt padId() {
        return padId;
    }

    private TokenStyle style() {
        return switch (modelType) {
            case "WordPiece" -> TokenStyle.WORD_PIECE;
            case "WordLevel" -> TokenStyle.WORD_LEVEL;
            default -> byteLevel ? TokenStyle.BYTE_LEVEL : TokenStyle.META_SPACE;
        };
    }

    /** Reads the value of a field; the parser stands on the first token of the value and must be left on its last. */
    private interface FieldReader {
        void read(String field, JsonParser parser) throws IOException;
    }

    private void readFields(JsonParser parser, FieldReader reader) throws IOException {
        if (!parser.hasCurrentToken()) {
            parser.nextToken();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("expected an object, found " + parser.currentToken());
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            reader.read(field, parser);
        }
    }

    private void readTopLevel(String field, JsonParser parser) throws IOException {
        switch (field) {
            case "model" -> readFields(parser, this::readModel);
            case "added_tokens" -> {
                for (JsonNode token : JSON.<JsonNode>readTree(parser)) {
                    ids.put(token.path("content").asText(), id(token.path("id").asInt(-1)));
                }
            }
            case "padding" -> {
                JsonNode pad = JSON.<JsonNode>readTree(parser).path("pad_id");
                padId = pad.isInt() ? OptionalInt.of(pad.asInt()) : OptionalInt.empty();
            }
            case "decoder", "pre_tokenizer" -> byteLevel |= isByteLevel(JSON.readTree(parser));
            default -> parser.skipChildren();
        }
    }

    private void readModel(String field, JsonParser parser) throws IOException {
        switch (field) {
            case "type" -> modelType = parser.getText();
            case "vocab" -> readVocabulary(parser);
            default -> parser.skipChildren();
        }
    }

    private void readVocabulary(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readFields(parser, (token, value) -> ids.put(token, id(value.getIntValue())));
            return;
        }
        int next = 0;
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            ids.put(parser.nextTextValue(), next++);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
    }

    private static int id(int id) throws IOException {
        if (id < 0 || id > 1 << 24) {
            throw new IOException("a token has the id " + id);
        }
        return id;
    }

    private static boolean isByteLevel(JsonNode part) {
        return part.findValuesAsText("type").contains("ByteLevel");
    }
}
