package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.result.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A file of JSON lines to which several processes add, each line by one write at the end. A line that a full disk or the end of
 * a process cut short is skipped by readers, and ended by the next writer. Safe for use by several threads.
 */
final class JsonLines {

    private static final byte LINE_END = '\n';

    private final Path file;
    private long read;

    JsonLines(Path file) {
        this.file = file;
    }

    /** Adds a line. */
    synchronized void add(JsonNode tree) {
        String line = Json.line(tree) + "\n";
        try {
            append((isCut() ? "\n" + line : line).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    private boolean isCut() throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            return size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != LINE_END;
        }
    }

    private void append(byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer line = ByteBuffer.wrap(bytes);
            channel.write(line);
            if (line.hasRemaining()) {
                throw new IOException("No space left on device");
            }
        }
    }

    /** Hands out the whole lines that were added since the last call, by whomever. */
    synchronized void readOn(Consumer<JsonNode> lines) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - read));
            int count = 0;
            while (bytes.hasRemaining() && count >= 0) {
                count = channel.read(bytes, read + bytes.position());
            }
            int end = bytes.position();
            while (end > 0 && bytes.get(end - 1) != LINE_END) {
                end--;
            }
            read += end;
            new String(bytes.array(), 0, end, StandardCharsets.UTF_8).lines().forEach(line -> parse(line, lines));
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    private static void parse(String line, Consumer<JsonNode> lines) {
        JsonNode tree;
        try {
            tree = Json.parse(line);
        } catch (JsonProcessingException e) {
            return; // cut short when its writer ended
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot fail to be read", e);
        }
        if (tree.isObject()) {
            lines.accept(tree);
        }
    }
}
