package io.arrakis.runtime.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a safetensors file as its numbers come, in pieces, without keeping them.
 *
 * <p>The tensors are named at the start; then each is appended to until it is full, in any order between tensors. The file
 * appears under its name, complete, with {@link #commit}; a writer that is closed before leaves nothing behind. Every file
 * carries a CRC-32C for each tensor ({@link SafetensorsFile#verify}). Equal calls give equal bytes. Not safe for use by
 * several threads.
 *
 * <pre>{@code
 * try (SafetensorsWriter writer = SafetensorsWriter.create(path, List.of(TensorSpec.floats("mean", 7, 384)), Map.of())) {
 *     writer.append("mean", FloatBuffer.wrap(values));
 *     writer.commit();
 * }
 * }</pre>
 */
public final class SafetensorsWriter implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 16;

    private final Path target;
    private final Path unfinished;
    private final FileChannel channel;
    private final HeaderWriter header;
    private final Map<String, Cursor> cursors = new LinkedHashMap<>();
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private boolean committed;

    private SafetensorsWriter(Path target, Path unfinished, FileChannel channel, HeaderWriter header) {
        this.target = target;
        this.unfinished = unfinished;
        this.channel = channel;
        this.header = header;
        header.entries().forEach(entry -> cursors.put(entry.name(), new Cursor(entry)));
    }

    /**
     * Starts a file in an existing directory.
     *
     * @param metadata free text by key; {@value HeaderWriter#CHECKSUMS} is taken
     * @throws IOException              where the directory cannot be written
     * @throws IllegalArgumentException where two tensors have one name
     */
    public static SafetensorsWriter create(Path target, List<TensorSpec> tensors, Map<String, String> metadata)
            throws IOException {
        HeaderWriter header = new HeaderWriter(tensors, metadata);
        Path unfinished = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        FileChannel channel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new SafetensorsWriter(target, unfinished, channel, header);
    }

    /**
     * Appends the rest of a buffer to a tensor of F32, F16 or BF16, rounded to the nearest where that is narrower.
     *
     * @throws TooLargeException where a finite number is beyond what the tensor's type reaches
     */
    public void append(String name, FloatBuffer values) throws IOException {
        Cursor cursor = floating(name, values.remaining());
        while (values.hasRemaining()) {
            cursor.write(channel, next(name, values));
        }
    }

    /**
     * Puts the rest of a buffer at a place in a tensor of F32, F16 or BF16, in any order of places. Every element must be put
     * exactly once; a tensor is either put or appended to. Costs a second reading of the tensor when it is committed.
     *
     * @param first index of the first element, row-major
     * @throws TooLargeException where a finite number is beyond what the tensor's type reaches
     */
    public void put(String name, long first, FloatBuffer values) throws IOException {
        Cursor cursor = floating(name, values.remaining());
        int width = header.entry(name).dtype().bytes();
        long place = first;
        while (values.hasRemaining()) {
            int before = values.remaining();
            cursor.writeAt(channel, next(name, values), place * width);
            place += before - values.remaining();
        }
    }

    private Cursor floating(String name, int count) {
        DType dtype = header.entry(name).dtype();
        return cursor(name, dtype == DType.F16 || dtype == DType.BF16 ? dtype : DType.F32, count);
    }

    /** Takes as many numbers as fit the chunk, in the tensor's own type. */
    private ByteBuffer next(String name, FloatBuffer values) {
        DType dtype = header.entry(name).dtype();
        int count = Math.min(values.remaining(), CHUNK_BYTES / Float.BYTES);
        FloatBuffer some = values.slice(values.position(), count);
        values.position(values.position() + count);
        if (dtype == DType.F32) {
            chunk.clear().asFloatBuffer().put(some);
        } else {
            narrow(name, some, chunk.clear().asShortBuffer(), dtype);
        }
        return chunk.limit(count * dtype.bytes());
    }

    private static void narrow(String name, FloatBuffer values, ShortBuffer target, DType dtype) {
        int infinite = dtype == DType.F16 ? 0x7c00 : 0x7f80;
        while (values.hasRemaining()) {
            float value = values.get();
            short bits = dtype == DType.F16 ? HalfPrecision.toFloat16(value) : HalfPrecision.toBfloat16(value);
            if ((bits & 0x7fff) == infinite && !Float.isInfinite(value)) {
                throw new TooLargeException(name, value, dtype == DType.F16 ? "float16" : "bfloat16");
            }
            target.put(bits);
        }
    }

    /** Appends the rest of a buffer to a tensor of signed 64-bit integers. */
    public void append(String name, LongBuffer values) throws IOException {
        Cursor cursor = cursor(name, DType.I64, values.remaining());
        while (values.hasRemaining()) {
            int count = Math.min(values.remaining(), CHUNK_BYTES / Long.BYTES);
            chunk.clear().asLongBuffer().put(values.slice(values.position(), count));
            values.position(values.position() + count);
            cursor.write(channel, chunk.limit(count * Long.BYTES));
        }
    }

    /** Appends elements of any type as they shall stand in the file: little-endian, whole elements. */
    public void appendBytes(String name, ByteBuffer elements) throws IOException {
        DType dtype = header.entry(name).dtype();
        if (elements.remaining() % dtype.bytes() != 0) {
            throw new IllegalArgumentException(elements.remaining() + " bytes are no whole number of " + dtype);
        }
        cursor(name, dtype, elements.remaining() / dtype.bytes()).write(channel, elements);
    }

    /**
     * Finishes the file and lets it appear under its name, replacing what stood there.
     *
     * @throws IllegalStateException where a tensor is not full
     */
    public void commit() throws IOException {
        cursors.values().forEach(Cursor::requireFull);
        List<Long> checksums = new ArrayList<>();
        for (Cursor cursor : cursors.values()) {
            checksums.add(cursor.checksum(channel, chunk));
        }
        header.writeTo(channel, checksums);
        channel.force(true);
        channel.close();
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        committed = true;
    }

    /** Takes away what was written where {@link #commit} was not called or failed. */
    @Override
    public void close() throws IOException {
        if (!committed) {
            try (channel) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    private Cursor cursor(String name, DType dtype, int count) {
        TensorEntry entry = header.entry(name);
        if (entry.dtype() != dtype) {
            throw new IllegalArgumentException("'" + name + "' is " + entry.dtype() + ", not " + dtype);
        }
        Cursor cursor = cursors.get(name);
        cursor.requireRoom((long) count * dtype.bytes());
        return cursor;
    }
}
