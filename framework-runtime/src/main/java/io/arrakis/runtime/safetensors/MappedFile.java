package io.arrakis.runtime.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of any size, mapped read-only into memory.
 *
 * <p>A mapping holds at most 2 GiB, so there is one from every multiple of a stride on, twice as long as the stride:
 * whatever is not longer than the stride lies in one mapping. They overlap, which costs addresses and no memory. They live
 * until nothing refers to them and the garbage collector has run; there is nothing to close. Safe for use by several
 * threads. The file must not be changed in place while it is in use; replacing it by a rename is fine.
 */
final class MappedFile {

    /** The stride for all but tests. */
    static final int STRIDE = 1 << 30;

    private final Path path;
    private final long size;
    private final int stride;
    private final List<ByteBuffer> mappings;
    private final Optional<Object> identity;

    private MappedFile(Path path, Optional<Object> identity, long size, int stride, List<ByteBuffer> mappings) {
        this.path = path;
        this.identity = identity;
        this.size = size;
        this.stride = stride;
        this.mappings = List.copyOf(mappings);
    }

    /** Maps a file; reads none of it. */
    static MappedFile open(Path path, int stride) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            List<ByteBuffer> mappings = new ArrayList<>();
            for (long start = 0; start < size; start += stride) {
                long length = Math.min(Math.min(2L * stride, Integer.MAX_VALUE), size - start);
                mappings.add(channel.map(FileChannel.MapMode.READ_ONLY, start, length));
            }
            return new MappedFile(path, Optional.of(identity(path)), size, stride, mappings);
        }
    }

    /** Returns what the file system knows a file by. */
    private static Object identity(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        Object key = attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        return List.of(key, attributes.size());
    }

    /** Opens the file once more to read past the mapping; nothing where its name leads to another one by now, or to none. */
    Optional<FileChannel> reopen() {
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            if (identity(path).equals(identity.get())) {
                return Optional.of(channel);
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // removed or not readable any longer; the mapping still is
        }
    }

    /** Takes bytes that are in memory already for a file. */
    static MappedFile of(Path path, byte[] bytes) {
        return new MappedFile(
                path,
                Optional.empty(),
                bytes.length,
                STRIDE,
                List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Returns the longest range that {@link #slice} gives. */
    int longestSlice() {
        return stride - 1;
    }

    /** Returns bytes of the file, read-only and little-endian, without a copy. */
    ByteBuffer slice(long offset, int length) {
        if (offset < 0 || length < 0 || length > longestSlice() || offset > size - length) {
            throw new IllegalArgumentException(length + " bytes at " + offset + " of " + size + " in " + path);
        }
        if (length == 0) {
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer mapping = mappings.get(Math.toIntExact(offset / stride));
        return mapping.slice(Math.toIntExact(offset % stride), length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
