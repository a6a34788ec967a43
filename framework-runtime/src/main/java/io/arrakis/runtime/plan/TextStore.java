package io.arrakis.runtime.plan;

import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The texts of a table, in memory as long as they are few. Once there are more, they go into a file that has no name any longer
 * and is gone with the process, and memory holds the chunks that were read last. So memory does not grow with the number of
 * texts, but for some bytes each.
 *
 * <p>Filled by one thread, then safe to read from several.
 */
final class TextStore {

    /** Texts of a chunk; what is read at once. */
    static final int CHUNK = 64;

    private final Path directory;
    private final long memoryBytes;
    private final List<Place> places = new ArrayList<>();
    private final Map<Integer, TextRecord[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final List<TextRecord> filling = new ArrayList<>();
    private long keptBytes;
    private long fileBytes;
    private FileChannel file;
    private volatile Recent recent = new Recent(-1, new TextRecord[0]);

    /** Where a chunk stands in the file, and how long it is. */
    private record Place(long offset, int bytes) {}

    private record Recent(int chunk, TextRecord[] records) {}

    /**
     * Holds nothing yet.
     *
     * @param directory   for the file, made where it is needed
     * @param memoryBytes how much is held in memory, about
     */
    TextStore(Path directory, long memoryBytes) {
        this.directory = directory;
        this.memoryBytes = memoryBytes;
    }

    void add(TextRecord text) {
        filling.add(text);
        if (filling.size() == CHUNK) {
            finishChunk();
        }
    }

    /** Says that there are no more. */
    void finish() {
        if (!filling.isEmpty()) {
            finishChunk();
        }
    }

    private synchronized void finishChunk() {
        TextRecord[] chunk = filling.toArray(TextRecord[]::new);
        filling.clear();
        int bytes = bytes(chunk);
        places.add(new Place(fileBytes, bytes));
        fileBytes += bytes;
        if (file == null && fileBytes > memoryBytes) {
            spill();
        }
        if (file != null) {
            write(places.size() - 1, chunk);
        }
        keep(places.size() - 1, chunk);
    }

    private static int bytes(TextRecord[] chunk) {
        int bytes = 0;
        for (TextRecord text : chunk) {
            bytes = Math.addExact(bytes, text.bytes());
        }
        return bytes;
    }

    /** Writes what was only in memory so far. */
    private void spill() {
        Path path = directory.resolve("texts-" + UUID.randomUUID());
        AtomicFiles.makeDirectory(directory);
        try {
            file = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw DiskProblems.notWritten(path, e);
        }
        kept.forEach(this::write);
    }

    private void write(int index, TextRecord[] chunk) {
        Place place = places.get(index);
        ByteBuffer buffer = ByteBuffer.allocate(place.bytes());
        for (TextRecord text : chunk) {
            text.write(buffer);
        }
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer, place.offset() + buffer.position());
            }
        } catch (IOException e) {
            throw DiskProblems.notWritten(directory, e);
        }
    }

    /** Keeps a chunk in memory, and lets go of those that were not read for longest where there are more than fit. */
    private void keep(int index, TextRecord[] chunk) {
        kept.put(index, chunk);
        keptBytes += places.get(index).bytes();
        var oldest = kept.entrySet().iterator();
        while (keptBytes > memoryBytes && kept.size() > 1) {
            keptBytes -= places.get(oldest.next().getKey()).bytes();
            oldest.remove();
        }
    }

    TextRecord get(int example) {
        int index = example / CHUNK;
        Recent last = recent;
        if (last.chunk() != index) {
            last = new Recent(index, chunk(index));
            recent = last;
        }
        return last.records()[example % CHUNK];
    }

    private synchronized TextRecord[] chunk(int index) {
        TextRecord[] chunk = kept.get(index);
        if (chunk == null) {
            chunk = read(index);
            keep(index, chunk);
        }
        return chunk;
    }

    private TextRecord[] read(int index) {
        Place place = places.get(index);
        ByteBuffer buffer = ByteBuffer.allocate(place.bytes());
        try {
            while (buffer.hasRemaining()) {
                if (file.read(buffer, place.offset() + buffer.position()) < 0) {
                    throw new IllegalStateException("the file of texts ends before text " + (long) index * CHUNK);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("texts that were put aside cannot be read back", e);
        }
        buffer.flip();
        List<TextRecord> records = new ArrayList<>(CHUNK);
        while (buffer.hasRemaining()) {
            records.add(TextRecord.read(buffer));
        }
        return records.toArray(TextRecord[]::new);
    }
}
