package io.arrakis.runtime.safetensors;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A safetensors file, mapped into memory. Opening reads and checks the header only; the numbers of a tensor are read when
 * they are asked for, and only those. Safe for use by several threads; there is nothing to close.
 */
public final class SafetensorsFile {

    private static final int CHUNK_ELEMENTS = 1 << 14;
    /** What is shorter is read where it is mapped: to open the file again would take longer. */
    private static final int SMALL_BYTES = 1 << 16;

    private final MappedFile file;
    private final Header header;
    private final Map<String, LongAdder> bytesRead = new ConcurrentHashMap<>();

    SafetensorsFile(MappedFile file) {
        this.file = file;
        this.header = HeaderReader.read(file);
    }

    /**
     * Opens a file. Costs time in proportion to its header.
     *
     * @throws DamagedFileException where the header is not what the format demands
     * @throws ArrakisException     with {@code FILE_MISSING} where there is no such file or it cannot be read
     */
    public static SafetensorsFile open(Path path) {
        return open(path, MappedFile.STRIDE);
    }

    /** Opens a file in mappings of another size than usual. */
    static SafetensorsFile open(Path path, int stride) {
        if (!Files.isRegularFile(path)) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING, path.toString(), "there is no such file", "check the path");
        }
        try {
            return new SafetensorsFile(MappedFile.open(path, stride));
        } catch (IOException e) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    path.toString(),
                    "it cannot be read: " + DiskProblems.reason(e),
                    "give yourself the right to read it");
        }
    }

    /** Returns where the file is. */
    public Path path() {
        return file.path();
    }

    /** Returns the length of the file in bytes. */
    public long size() {
        return file.size();
    }

    /** Returns the free text of the header by key. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Returns the tensors by name, in the order of their bytes. */
    public Map<String, TensorEntry> entries() {
        return header.entries();
    }

    /** Returns one tensor's entry; an {@link IllegalArgumentException} where there is none of this name. */
    public TensorEntry entry(String name) {
        TensorEntry entry = header.entries().get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no tensor '" + name + "' in " + path());
        }
        return entry;
    }

    /** Returns the most bytes that {@link #bytes} hands out at once. */
    public int longestBytes() {
        return file.longestSlice();
    }

    /** Returns how many bytes of a tensor were read or handed out so far, those read twice counted twice. */
    public long bytesRead(String name) {
        LongAdder read = bytesRead.get(entry(name).name());
        return read == null ? 0 : read.sum();
    }

    /** Returns all elements of a floating tensor, row-major. */
    public float[] floats(String name) {
        float[] values = new float[Math.toIntExact(entry(name).elements())];
        read(name, 0, FloatBuffer.wrap(values));
        return values;
    }

    /** Returns all elements of a tensor of 64-bit integers, row-major. */
    public long[] longs(String name) {
        TensorEntry entry = entry(name);
        require(entry, entry.dtype() == DType.I64);
        long[] values = new long[Math.toIntExact(entry.elements())];
        LongBuffer target = LongBuffer.wrap(values);
        while (target.hasRemaining()) {
            int count = Math.min(target.remaining(), file.longestSlice() / Long.BYTES);
            target.put(bytes(entry, target.position(), count).asLongBuffer());
        }
        return values;
    }

    /**
     * Reads elements of a floating tensor as float32 until the target is full. F32, F16 and BF16 are exact; F64 is rounded. More
     * than a few are copied past the mapping, so that the process does not hold them twice.
     *
     * @param first index of the first element, row-major
     */
    public void read(String name, long first, FloatBuffer target) {
        TensorEntry entry = entry(name);
        require(entry, entry.dtype().floating());
        if ((long) target.remaining() * entry.dtype().bytes() < Math.min(SMALL_BYTES, file.longestSlice())) {
            put(entry, bytes(entry, first, target.remaining()), target);
            return;
        }
        readRuns(name, new long[] {first}, target.remaining(), target);
    }

    /**
     * Reads runs of elements of a floating tensor as float32, one after the other, past the mapping.
     *
     * @param first  index of the first element of each run, row-major
     * @param length elements of a run
     * @param target filled from its position
     */
    public void readRuns(String name, long[] first, int length, FloatBuffer target) {
        TensorEntry entry = entry(name);
        require(entry, entry.dtype().floating());
        forEachChunk(name, first, length, chunk -> put(entry, chunk, target));
    }

    private static void put(TensorEntry entry, ByteBuffer source, FloatBuffer target) {
        switch (entry.dtype()) {
            case F32 -> target.put(source.asFloatBuffer());
            case F64 -> putDoubles(source, target);
            default -> putHalves(entry.dtype(), source.asShortBuffer(), target);
        }
    }

    /**
     * Hands on runs of elements of a tensor of any type as they stand in the file, one after the other, chunk by chunk, past the
     * mapping.
     *
     * @param first    index of the first element of each run, row-major
     * @param length   elements of a run
     * @param consumer takes chunks, each valid until it returns
     */
    public void forEachChunk(String name, long[] first, long length, Consumer<ByteBuffer> consumer) {
        TensorEntry entry = entry(name);
        try (ChunkReader reader = new ChunkReader(file)) {
            for (long start : first) {
                forEachChunk(entry, start, length, reader, consumer);
            }
        }
    }

    private void forEachChunk(
            TensorEntry entry, long first, long count, ChunkReader reader, Consumer<ByteBuffer> consumer) {
        requireInside(entry, first, count);
        int width = entry.dtype().bytes();
        int most = reader.longest() / width;
        for (long done = 0; done < count; done += most) {
            int some = (int) Math.min(most, count - done);
            consumer.accept(reader.read(entry.offset() + (first + done) * width, some * width));
        }
        count(entry, count * width);
    }

    /**
     * Returns elements of a tensor of any type as they stand in the file: little-endian, read-only, direct, without a copy.
     * The pages are read from disk when they are touched.
     *
     * @param first index of the first element, row-major
     * @param count number of elements, together less than 1 GiB
     */
    public ByteBuffer bytes(String name, long first, int count) {
        return bytes(entry(name), first, count);
    }

    /**
     * Compares every tensor with the checksum that {@link SafetensorsWriter} left of it. Reads the whole file, about 1 GB a
     * second and more. A file from elsewhere, which has no checksums, passes.
     *
     * @throws DamagedFileException naming the first tensor that differs
     */
    public void verify() {
        String checksums = metadata().get(HeaderWriter.CHECKSUMS);
        if (checksums == null) {
            return;
        }
        int digits = HeaderWriter.CHECKSUM_DIGITS;
        if (checksums.length() != digits * entries().size()) {
            throw new DamagedFileException(path(), Header.LENGTH_BYTES, "the checksums do not fit the tensors");
        }
        int at = 0;
        for (TensorEntry entry : entries().values()) {
            String expected = checksums.substring(at, at + digits);
            if (!expected.equals(HexFormat.of().toHexDigits(checksum(entry), digits))) {
                throw new DamagedFileException(
                        path(), entry.offset(), "'" + entry.name() + "' is not what was written");
            }
            at += digits;
        }
    }

    private long checksum(TensorEntry entry) {
        CRC32C crc = new CRC32C();
        forEachChunk(entry.name(), new long[] {0}, entry.elements(), crc::update);
        return crc.getValue();
    }

    private ByteBuffer bytes(TensorEntry entry, long first, int count) {
        requireInside(entry, first, count);
        int width = entry.dtype().bytes();
        int length = Math.multiplyExact(count, width);
        count(entry, length);
        return file.slice(entry.offset() + first * width, length);
    }

    private void requireInside(TensorEntry entry, long first, long count) {
        if (first < 0 || count < 0 || first > entry.elements() - count) {
            throw new IllegalArgumentException(
                    "elements " + first + " to " + (first + count) + " of " + entry + " in " + path());
        }
    }

    private void count(TensorEntry entry, long bytes) {
        bytesRead.computeIfAbsent(entry.name(), unused -> new LongAdder()).add(bytes);
    }

    private void require(TensorEntry entry, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(entry + " in " + path() + " has another dtype than is asked for");
        }
    }

    private static void putDoubles(ByteBuffer source, FloatBuffer target) {
        while (source.hasRemaining()) {
            target.put((float) source.getDouble());
        }
    }

    private static void putHalves(DType dtype, ShortBuffer source, FloatBuffer target) {
        short[] bits = new short[Math.min(CHUNK_ELEMENTS, source.remaining())];
        float[] values = new float[bits.length];
        while (source.hasRemaining()) {
            int count = Math.min(bits.length, source.remaining());
            source.get(bits, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] =
                        dtype == DType.F16 ? HalfPrecision.fromFloat16(bits[i]) : HalfPrecision.fromBfloat16(bits[i]);
            }
            target.put(values, 0, count);
        }
    }
}
