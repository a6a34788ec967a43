package io.arrakis.runtime.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Copies ranges of a mapped file past its mapping, so that what is read once does not count as memory of the process. Where the
 * name of the file leads to another one by now, or to none, the mapping is read. Used by one thread.
 */
final class ChunkReader implements AutoCloseable {

    private static final int LONGEST = 1 << 20;

    private static final ThreadLocal<ByteBuffer> CHUNKS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(LONGEST).order(ByteOrder.LITTLE_ENDIAN));

    private final MappedFile file;
    private final Optional<FileChannel> channel;

    ChunkReader(MappedFile file) {
        this.file = file;
        this.channel = file.reopen();
    }

    /** Returns the length of the longest range. */
    int longest() {
        return Math.min(LONGEST, file.longestSlice());
    }

    /** Returns bytes of the file, little-endian; valid until this thread reads the next ones. */
    ByteBuffer read(long offset, int length) {
        return channel.isEmpty() ? file.slice(offset, length) : read(channel.get(), offset, length);
    }

    private ByteBuffer read(FileChannel from, long offset, int length) {
        ByteBuffer chunk = CHUNKS.get().clear().limit(length);
        try {
            while (chunk.hasRemaining()) {
                long next = offset + chunk.position();
                if (from.read(chunk, next) < 0) {
                    throw new DamagedFileException(file.path(), next, "the file became shorter while it was in use");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.path() + " cannot be read", e);
        }
        return chunk.flip();
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.path() + " cannot be closed", e);
        }
    }
}
