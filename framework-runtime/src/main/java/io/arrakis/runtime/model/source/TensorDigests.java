package io.arrakis.runtime.model.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.arrakis.api.model.TensorPart;
import io.arrakis.runtime.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * SHA-256 of the bytes of tensors and of parts of them, each computed once and remembered in the cache directory.
 *
 * <p>A part is read for its hash, some hundred MB to 2 GB a second on each core. The hash is kept under what the file
 * system says of the file: its real path, length, key, and the times of the last modification and change of status. A file
 * that was touched in any way is hashed again, so a weight that was set by hand is seen. Only what is asked for is read.
 */
final class TensorDigests {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;

    /**
     * Remembers hashes in a directory.
     *
     * @param directory made when there is something to remember
     */
    TensorDigests(Path directory) {
        this.directory = directory;
    }

    /** Returns the hashes of parts, in lower-case hexadecimal. */
    SortedMap<TensorPart, String> of(TensorFiles tensors, Collection<TensorPart> parts) {
        Map<Path, List<TensorPart>> byFile = parts.stream()
                .distinct()
                .collect(Collectors.groupingBy(
                        part -> tensors.file(part.tensor()).path()));
        SortedMap<TensorPart, String> digests = new TreeMap<>();
        byFile.forEach((file, wanted) -> digests.putAll(of(tensors, file, wanted)));
        return digests;
    }

    private synchronized Map<TensorPart, String> of(TensorFiles tensors, Path file, List<TensorPart> wanted) {
        Path remembered = directory.resolve(FileIdentity.of(file) + ".json");
        Map<String, String> known = new TreeMap<>(read(remembered));
        Map<TensorPart, String> digests = wanted.parallelStream().collect(Collectors.toMap(part -> part, part -> {
            String digest = known.get(key(part));
            return digest == null ? tensors.sha256(part) : digest;
        }));
        boolean more = false;
        for (Map.Entry<TensorPart, String> digest : digests.entrySet()) {
            more |= known.put(key(digest.getKey()), digest.getValue()) == null;
        }
        if (more) {
            write(remembered, known);
        }
        return digests;
    }

    private static String key(TensorPart part) {
        return part.tensor() + "[" + part.first() + "+" + part.count() + "*" + part.length() + "/" + part.stride()
                + "]";
    }

    private static Map<String, String> read(Path remembered) {
        try {
            return JSON.readValue(Files.readAllBytes(remembered), new TypeReference<>() {});
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Map.of(); // not there, or damaged: it is written anew
        } catch (IOException e) {
            throw new UncheckedIOException("the remembered hashes cannot be read", e);
        }
    }

    private static void write(Path remembered, Map<String, String> digests) {
        AtomicFiles.makeDirectory(remembered.getParent());
        try {
            AtomicFiles.write(remembered, JSON.writeValueAsBytes(digests));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings cannot be written as JSON", e);
        }
    }
}
