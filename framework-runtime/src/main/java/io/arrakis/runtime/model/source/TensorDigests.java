package io.arrakis.runtime.model.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * SHA-256 of the bytes of tensors, each computed once and remembered in the cache directory.
 *
 * <p>A tensor is read whole for its hash, some hundred MB to 2 GB a second on each core. The hash is kept under what the file
 * system says of the file: its real path, length, key, and the times of the last modification and change of status. A file
 * that was touched in any way is hashed again, so a weight that was set by hand is seen. Only what is asked for is read.
 */
final class TensorDigests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HexFormat HEX = HexFormat.of();

    private final Path directory;

    /**
     * Remembers hashes in a directory.
     *
     * @param directory made when there is something to remember
     */
    TensorDigests(Path directory) {
        this.directory = directory;
    }

    /** Returns the hashes of tensors by name, sorted, in lower-case hexadecimal. */
    Map<String, String> of(TensorFiles tensors, Collection<String> names) {
        Map<SafetensorsFile, List<String>> byFile =
                names.stream().distinct().collect(Collectors.groupingBy(tensors::file));
        Map<String, String> digests = new TreeMap<>();
        byFile.forEach((file, wanted) -> digests.putAll(of(file, wanted)));
        return digests;
    }

    private synchronized Map<String, String> of(SafetensorsFile file, List<String> wanted) {
        Path remembered = directory.resolve(FileIdentity.of(file.path()) + ".json");
        Map<String, String> digests = new TreeMap<>(read(remembered));
        Map<String, String> computed = wanted.parallelStream()
                .filter(name -> !digests.containsKey(name))
                .collect(Collectors.toMap(name -> name, name -> HEX.formatHex(file.sha256(name))));
        digests.putAll(computed);
        if (!computed.isEmpty()) {
            write(remembered, digests);
        }
        digests.keySet().retainAll(wanted);
        return digests;
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
