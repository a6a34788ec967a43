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

    Cursor(TensorEntry entry) {
        this.entry = entry;
    }

    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        crc.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            written += channel.write(bytes, entry.offset() + written);
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

    long checksum() {
        return crc.getValue();
    }
}
