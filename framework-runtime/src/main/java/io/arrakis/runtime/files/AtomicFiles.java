package io.arrakis.runtime.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes files beside their place and renames them, so that a reader sees the old file or the new one, never a part. */
public final class AtomicFiles {

    private static final String PARTIAL = ".partial";

    private AtomicFiles() {}

    /**
     * Replaces a file. Its content is on the disk when this returns.
     *
     * @throws io.arrakis.api.problem.ArrakisException with {@code DISK-FULL} or {@code DIRECTORY}; nothing is left behind
     */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces a file with bytes; as {@link #write(Path, String)}. */
    public static void write(Path file, byte[] content) {
        Path beside = beside(file);
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(beside, e);
            throw DiskProblems.notWritten(file, e);
        }
    }

    /** Returns a name in the same directory that nothing else uses and that does not look like a finished file. */
    public static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + PARTIAL);
    }

    /** Returns whether a name is one that {@link #beside} makes: of a file that is not finished. */
    public static boolean isBeside(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(PARTIAL);
    }

    /**
     * Makes a directory with those above it.
     *
     * @throws io.arrakis.api.problem.ArrakisException with {@code DISK-FULL} or {@code DIRECTORY}
     */
    public static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw DiskProblems.notWritten(directory, e);
        }
    }

    /** Removes a file or a directory with all that is in it; what is not there is fine. */
    public static void remove(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path one : deepestFirst) {
            Files.deleteIfExists(one);
        }
    }

    private static void discard(Path beside, IOException reason) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
