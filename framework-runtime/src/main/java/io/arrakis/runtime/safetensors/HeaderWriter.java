package io.arrakis.runtime.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lays tensors out and writes the header that says so. Wide types come first and the data start at a multiple of 64, so
 * that every element is aligned when the file is mapped. The checksums, known at the end only, have a fixed width.
 */
final class HeaderWriter {

    /** Key of the checksums: eight hexadecimal digits for each tensor, in the order of their bytes. */
    static final String CHECKSUMS = "arrakis.crc32c";

    /** Hexadecimal digits of one checksum. */
    static final int CHECKSUM_DIGITS = 8;

    private static final int ALIGNMENT = 64;
    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, String> metadata;
    private final List<TensorEntry> fromDataStart;
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
    private final long dataStart;

    HeaderWriter(List<TensorSpec> tensors, Map<String, String> metadata) {
        if (metadata.containsKey(CHECKSUMS)) {
            throw new IllegalArgumentException("the metadata key '" + CHECKSUMS + "' is taken");
        }
        this.metadata = new TreeMap<>(metadata);
        List<TensorSpec> ordered = new ArrayList<>(tensors);
        ordered.sort(Comparator.comparing((TensorSpec spec) -> -spec.dtype().bytes()));
        fromDataStart = place(ordered, 0);
        dataStart = aligned(Header.LENGTH_BYTES + (long) json(List.of()).length);
        for (TensorEntry entry : place(ordered, dataStart)) {
            if (entries.put(entry.name(), entry) != null) {
                throw new IllegalArgumentException("two tensors have the name '" + entry.name() + "'");
            }
        }
    }

    private static List<TensorEntry> place(List<TensorSpec> ordered, long start) {
        List<TensorEntry> placed = new ArrayList<>();
        long offset = start;
        for (TensorSpec spec : ordered) {
            placed.add(new TensorEntry(spec.name(), spec.dtype(), spec.shape(), offset, spec.bytes()));
            offset = Math.addExact(offset, spec.bytes());
        }
        return placed;
    }

    /** Returns the tensors in the order of their bytes. */
    List<TensorEntry> entries() {
        return List.copyOf(entries.values());
    }

    TensorEntry entry(String name) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no tensor '" + name + "' was announced; there are " + entries.keySet());
        }
        return entry;
    }

    /** Writes the header to the start of a file. */
    void writeTo(FileChannel channel, List<Long> crcs) throws IOException {
        byte[] json = json(crcs);
        int length = Math.toIntExact(dataStart - Header.LENGTH_BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(Header.LENGTH_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }

    private String checksums(List<Long> crcs) {
        return IntStream.range(0, fromDataStart.size())
                .mapToObj(index -> HEX.toHexDigits(crcs.isEmpty() ? 0 : crcs.get(index), CHECKSUM_DIGITS))
                .collect(Collectors.joining());
    }

    /** Returns the text of the header; without checksums yet it has the length that it will have. */
    private byte[] json(List<Long> crcs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart(Header.METADATA);
            json.writeStringField(CHECKSUMS, checksums(crcs));
            for (Map.Entry<String, String> text : metadata.entrySet()) {
                json.writeStringField(text.getKey(), text.getValue());
            }
            json.writeEndObject();
            for (TensorEntry entry : fromDataStart) {
                writeEntry(json, entry);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void writeEntry(JsonGenerator json, TensorEntry entry) throws IOException {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", entry.dtype().name());
        json.writeArrayFieldStart("shape");
        for (long length : entry.shape()) {
            json.writeNumber(length);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(entry.offset());
        json.writeNumber(entry.offset() + entry.bytes());
        json.writeEndArray();
        json.writeEndObject();
    }

    private static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
