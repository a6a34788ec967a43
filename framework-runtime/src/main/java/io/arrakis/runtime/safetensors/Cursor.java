package io.arrakis.runtime.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** How far a tensor has been written, and the checksum of that much. */
final class Cursor {

    private final TensorEntry entry;
    private final CRC32C crc = new CRC32C();
    private long written;
    private boolean placed;

    Cursor(TensorEntry entry) {
        this.entry = entry;
    }

    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        crc.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            written += channel.write(bytes, entry.offset() + written);
        }
    }

    /** Writes at a place of its own; no other bytes may be written there. The checksum is read back at the end. */
    void writeAt(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        if (position < 0 || bytes.remaining() > entry.bytes() - position) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes at " + position + " do not fit " + entry);
        }
        placed = true;
        long next = entry.offset() + position;
        while (bytes.hasRemaining()) {
            int count = channel.write(bytes, next);
            next += count;
            written += count;
        }
    }

    void requireRoom(long bytes) {
        if (bytes > entry.bytes() - written) {
            throw new IllegalArgumentException(bytes + " bytes more after " + written + " do not fit " + entry);
        }
    }

    void requireFull() {
        if (written != entry.bytes()) {
            throw new IllegalStateException("only " + written + " bytes were written of " + entry);
        }
    }

    long checksum(FileChannel channel, ByteBuffer buffer) throws IOException {
        if (placed) {
            readBack(channel, buffer);
        }
        return crc.getValue();
    }

    private void readBack(FileChannel channel, ByteBuffer buffer) throws IOException {
        crc.reset();
        long left = entry.bytes();
        while (left > 0) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            int count = channel.read(buffer, entry.offset() + entry.bytes() - left);
            crc.update(buffer.flip());
            left -= count;
        }
    }
}
