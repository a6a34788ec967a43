package io.arrakis.runtime.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a JSON object from each line. */
final class JsonLines implements RowFormat.Rows {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final BufferedReader in;
    private final TextField textField;
    private long line;

    JsonLines(BufferedReader in, TextField textField) {
        this.in = in;
        this.textField = textField;
    }

    @Override
    public Optional<Row> next() throws IOException, BadRowException {
        String text = in.readLine();
        line++;
        while (text != null && text.isBlank()) {
            text = in.readLine();
            line++;
        }
        return text == null ? Optional.empty() : Optional.of(textField.row(line, object(text)));
    }

    private Map<String, Object> object(String text) throws BadRowException {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRowException(line, "the line is not a JSON object");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                value(parser, parser.nextToken(), name).ifPresent(value -> fields.put(name, value));
            }
            if (parser.nextToken() != null) {
                throw new BadRowException(line, "something stands behind the JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new BadRowException(line, "the line is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new BadRowException(line, "the line is not JSON: " + e.getMessage());
        }
    }

    private Optional<Object> value(JsonParser parser, JsonToken token, String field)
            throws IOException, BadRowException {
        if (token == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        return Optional.of(token == JsonToken.START_ARRAY ? list(parser, field) : scalar(parser, token, field));
    }

    private List<Object> list(JsonParser parser, String field) throws IOException, BadRowException {
        List<Object> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(scalar(parser, token, field));
        }
        return List.copyOf(items);
    }

    private Object scalar(JsonParser parser, JsonToken token, String field) throws IOException, BadRowException {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDoubleValue();
        } else if (token.isBoolean()) {
            return parser.getBooleanValue();
        }
        String what = token == JsonToken.VALUE_NULL ? "null inside of a list" : "an object or a list of lists";
        throw new BadRowException(line, "the field '" + field + "' has " + what + ", which no field can have");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
