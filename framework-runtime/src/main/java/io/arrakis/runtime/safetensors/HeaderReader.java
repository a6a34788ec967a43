package io.arrakis.runtime.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and checks a header. Trusts nothing: what it allocates is bounded by the bytes that are really there, and every
 * byte after the header must belong to exactly one tensor.
 */
final class HeaderReader {

    private static final int MAX_AXES = 32;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(3)
                    .maxNumberLength(20)
                    .maxNameLength(4096)
                    .maxStringLength(1 << 24)
                    .build())
            .build();

    private final MappedFile file;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<TensorEntry> entries = new ArrayList<>();
    private long dataStart;

    private HeaderReader(MappedFile file) {
        this.file = file;
    }

    /** Reads the header of a file; throws a {@link DamagedFileException} for anything that the format does not allow. */
    static Header read(MappedFile file) {
        return new HeaderReader(file).read();
    }

    private Header read() {
        ByteBuffer json = json();
        dataStart = Header.LENGTH_BYTES + (long) json.remaining();
        try (InputStream stream = new ByteBufferBackedInputStream(json);
                JsonParser parser = JSON.createParser(stream)) {
            parse(parser);
        } catch (IOException e) {
            throw new DamagedFileException(file.path(), Header.LENGTH_BYTES, "the header is not JSON: " + reason(e), e);
        }
        return new Header(metadata, inOrderOfBytes());
    }

    private static String reason(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }

    private ByteBuffer json() {
        if (file.size() < Header.LENGTH_BYTES) {
            throw damage(0, "the file has " + file.size() + " bytes, fewer than the length of a header");
        }
        long length = file.slice(0, Header.LENGTH_BYTES).getLong();
        if (length < 2 || length > Header.MAX_BYTES) {
            throw damage(
                    0,
                    "a header of " + Long.toUnsignedString(length) + " bytes; 2 to " + Header.MAX_BYTES
                            + " are possible");
        }
        if (length > file.size() - Header.LENGTH_BYTES) {
            throw damage(0, "a header of " + length + " bytes in a file of " + file.size());
        }
        ByteBuffer json = file.slice(Header.LENGTH_BYTES, Math.toIntExact(length));
        // Not left to the parser, which takes JSON in UTF-16 and UTF-32 too.
        if (json.get(0) != '{' || json.get(1) == 0) {
            throw damage(Header.LENGTH_BYTES, "the header does not start with '{'");
        }
        return json;
    }

    private void parse(JsonParser parser) throws IOException {
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "an object for '" + name + "'");
            if (name.equals(Header.METADATA)) {
                parseMetadata(parser);
            } else {
                entries.add(parseEntry(parser, name));
            }
        }
        if (parser.nextToken() != null) {
            throw damage(parser, "text after the end of the header");
        }
    }

    private void parseMetadata(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            expect(parser, parser.nextToken(), JsonToken.VALUE_STRING, "text for the metadata '" + key + "'");
            metadata.put(key, parser.getText());
        }
    }

    private TensorEntry parseEntry(JsonParser parser, String name) throws IOException {
        DType dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "dtype" -> dtype = parseDType(parser, name);
                case "shape" -> shape = parseNumbers(parser, name, MAX_AXES);
                case "data_offsets" -> offsets = parseNumbers(parser, name, 2);
                default ->
                    throw damage(parser, "'" + name + "' has a key '" + key + "', which the format does not know");
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw damage(parser, "'" + name + "' needs dtype, shape and two data_offsets");
        }
        return checked(parser, name, dtype, shape, offsets.get(0), offsets.get(1));
    }

    private DType parseDType(JsonParser parser, String name) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.VALUE_STRING, "a dtype for '" + name + "'");
        String text = parser.getText();
        return DType.named(text)
                .orElseThrow(() -> damage(parser, "'" + name + "' has an unknown dtype '" + text + "'"));
    }

    private List<Long> parseNumbers(JsonParser parser, String name, int atMost) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_ARRAY, "a list of numbers in '" + name + "'");
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "a whole number in '" + name + "'");
            long number = parser.getLongValue();
            if (number < 0 || numbers.size() == atMost) {
                throw damage(parser, "'" + name + "' has a negative number or a list of more than " + atMost);
            }
            numbers.add(number);
        }
        return numbers;
    }

    private TensorEntry checked(JsonParser parser, String name, DType dtype, List<Long> shape, long begin, long end) {
        long available = file.size() - dataStart;
        if (begin > end || end > available) {
            throw damage(
                    parser,
                    "'" + name + "' is said to be at " + begin + " to " + end + " of " + available + " bytes of data");
        }
        long bytes = end - begin;
        long needed;
        try {
            needed = TensorEntry.bytesOf(dtype, shape);
        } catch (ArithmeticException e) {
            throw damage(parser, "'" + name + "' has an impossible shape " + shape);
        }
        if (needed != bytes) {
            throw damage(
                    parser, "'" + name + "' is " + dtype + " " + shape + ", so " + needed + " bytes, but has " + bytes);
        }
        return new TensorEntry(name, dtype, shape, dataStart + begin, bytes);
    }

    private Map<String, TensorEntry> inOrderOfBytes() {
        entries.sort(Comparator.comparingLong(TensorEntry::offset).thenComparingLong(TensorEntry::bytes));
        Map<String, TensorEntry> ordered = new LinkedHashMap<>();
        long expected = dataStart;
        for (TensorEntry entry : entries) {
            if (entry.offset() != expected) {
                String what =
                        entry.offset() < expected ? "overlaps the tensor before it" : "leaves bytes out before it";
                throw damage(entry.offset(), "'" + entry.name() + "' " + what);
            }
            expected += entry.bytes();
            ordered.put(entry.name(), entry);
        }
        if (expected != file.size()) {
            throw damage(expected, (file.size() - expected) + " bytes belong to no tensor");
        }
        return ordered;
    }

    private void expect(JsonParser parser, JsonToken found, JsonToken wanted, String what) {
        if (found != wanted) {
            throw damage(parser, "expected " + what);
        }
    }

    private DamagedFileException damage(JsonParser parser, String what) {
        long within = Math.max(0, parser.currentTokenLocation().getByteOffset());
        return damage(Header.LENGTH_BYTES + within, what);
    }

    private DamagedFileException damage(long offset, String what) {
        return new DamagedFileException(file.path(), offset, what);
    }
}
