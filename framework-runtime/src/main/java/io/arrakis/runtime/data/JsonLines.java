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

/**
 * Reads a JSON object from each line. A field with an object, a list of more than
 * plain values, or a whole number beyond 64 bits is left out.
 */
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

    /** Returns what no field can have as nothing, unless it is what the model is to read. */
    private Optional<Object> value(JsonParser parser, JsonToken token, String field)
            throws IOException, BadRowException {
        Optional<?> value = token == JsonToken.START_ARRAY ? list(parser) : scalar(parser, token);
        if (value.isEmpty() && token != JsonToken.VALUE_NULL && field.equals(textField.name())) {
            throw new BadRowException(line, "the field '" + field + "' is " + word(token) + ", not a text");
        }
        return value.map(it -> it);
    }

    private static String word(JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            return "an object";
        }
        return token == JsonToken.START_ARRAY ? "a list" : "a number";
    }

    /** Reads to the end of the list; nothing where it has more than texts, numbers and booleans. */
    private static Optional<List<Object>> list(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        boolean plain = true;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Optional<Object> item = scalar(parser, token);
            plain &= item.isPresent();
            item.ifPresent(items::add);
        }
        return plain ? Optional.of(List.copyOf(items)) : Optional.empty();
    }

    private static Optional<Object> scalar(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return Optional.of(parser.getText());
        } else if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return Optional.of(parser.getLongValue());
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return Optional.of(parser.getDoubleValue());
        } else if (token.isBoolean()) {
            return Optional.of(parser.getBooleanValue());
        }
        parser.skipChildren();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
