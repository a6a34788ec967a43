package io.arrakis.runtime.cache;

import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of the cache: names, sizes and times of last use. Other processes may add and remove files at any time. */
final class CacheFiles {

    private static final String ENDING = ".safetensors";
    private static final String DAMAGED = ".damaged";
    private static final String UNFINISHED = ".part";
    private static final Duration ABANDONED = Duration.ofHours(24);
    private static final int FOLDER_DIGITS = 2;

    private final Path directory;

    CacheFiles(Path directory) {
        this.directory = directory;
    }

    /** A file and what the file system says of it. */
    record Stored(Path path, long bytes, FileTime used) {}

    Path path(CacheKey key) {
        return directory.resolve(key.hash().substring(0, FOLDER_DIGITS)).resolve(key.hash() + ENDING);
    }

    /** Returns the key of a file, if it is a finished one of the cache. */
    static Optional<CacheKey> key(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(ENDING) && !name.startsWith(".")
                ? Optional.of(new CacheKey(name.substring(0, name.length() - ENDING.length())))
                : Optional.empty();
    }

    List<Stored> finished() {
        return list(name -> name.endsWith(ENDING) && !name.startsWith("."));
    }

    List<Stored> damaged() {
        return list(name -> name.endsWith(DAMAGED));
    }

    /** Returns what writers left that died. */
    List<Stored> abandoned() {
        FileTime before = FileTime.from(Instant.now().minus(ABANDONED));
        return list(name -> name.endsWith(UNFINISHED)).stream()
                .filter(file -> file.used().compareTo(before) < 0)
                .toList();
    }

    List<Stored> unfinished() {
        return list(name -> name.endsWith(UNFINISHED));
    }

    private interface NameFilter {
        boolean accepts(String name);
    }

    private List<Stored> list(NameFilter filter) {
        List<Stored> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (Stream<Path> all = Files.walk(directory, 2)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (filter.accepts(path.getFileName().toString())) {
                    stored(path).ifPresent(found::add);
                }
            }
        } catch (UncheckedIOException | IOException e) {
            IOException cause = e instanceof UncheckedIOException wrapped ? wrapped.getCause() : (IOException) e;
            throw DiskProblems.notWritten(directory, cause);
        }
        return found;
    }

    private static Optional<Stored> stored(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Stored(path, attributes.size(), attributes.lastModifiedTime()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Notes that a file is in use now. */
    static void touch(Path path) {
        try {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
        } catch (NoSuchFileException e) {
            // Another process has just removed it; who has it open can read on.
        } catch (IOException e) {
            throw DiskProblems.notWritten(path, e);
        }
    }

    /** Moves a file out of the way, so that it can be looked at and is made again. */
    static Path setAside(Path path) {
        Path aside =
                path.resolveSibling(path.getFileName() + "." + Instant.now().toEpochMilli() + DAMAGED);
        try {
            Files.move(path, aside);
            return aside;
        } catch (NoSuchFileException e) {
            return aside;
        } catch (IOException e) {
            throw DiskProblems.notWritten(path, e);
        }
    }

    static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw DiskProblems.notWritten(path, e);
        }
    }
}
