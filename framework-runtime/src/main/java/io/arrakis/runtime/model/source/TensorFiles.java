package io.arrakis.runtime.model.source;

import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.model.TensorPart;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.runtime.safetensors.TensorEntry;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** The tensors of one or more safetensors files, mapped into memory. */
final class TensorFiles implements CheckpointTensors {

    private final SortedMap<String, SafetensorsFile> files;
    private final Map<String, TensorInfo> catalog = new LinkedHashMap<>();
    private final Map<String, ReadRanges> read = new ConcurrentHashMap<>();

    /** Takes tensors by name with the file that each is in. */
    TensorFiles(Map<String, SafetensorsFile> files) {
        this.files = new TreeMap<>(files);
        this.files.forEach((name, file) -> {
            TensorEntry entry = file.entry(name);
            catalog.put(name, new TensorInfo(entry.dtype().name(), entry.shape()));
        });
    }

    @Override
    public Map<String, TensorInfo> catalog() {
        return Collections.unmodifiableMap(catalog);
    }

    @Override
    public void read(String name, long first, FloatBuffer into) {
        SafetensorsFile file = file(name);
        TensorEntry entry = file.entry(name);
        Objects.checkFromIndexSize(first, (long) into.remaining(), entry.elements());
        if (!entry.dtype().floating()) {
            throw new ArrakisException(
                    ErrorCode.MODEL_FILE,
                    file.path().toString(),
                    "tensor '" + name + "' holds " + entry.dtype() + ", which cannot be read as a weight",
                    "use weights of type F32, F16 or BF16");
        }
        count(name, first, into.remaining());
        file.read(name, first, into);
    }

    private void count(String name, long first, long numbers) {
        read.computeIfAbsent(name, unused -> new ReadRanges()).add(first, first + numbers);
    }

    /** Returns the SHA-256 of the bytes of a part, in lower-case hexadecimal. They count as read. */
    String sha256(TensorPart part) {
        SafetensorsFile file = file(part.tensor());
        TensorEntry entry = file.entry(part.tensor());
        MessageDigest digest = sha256();
        long[] starts = LongStream.range(0, part.count())
                .map(run ->
                        Objects.checkFromIndexSize(part.first() + run * part.stride(), part.length(), entry.elements()))
                .toArray();
        for (long first : starts) {
            count(part.tensor(), first, part.length());
        }
        file.forEachChunk(part.tensor(), starts, part.length(), digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public long bytesRead() {
        return read.entrySet().stream()
                .mapToLong(tensor -> tensor.getValue().total() * width(tensor.getKey()))
                .sum();
    }

    private int width(String name) {
        return file(name).entry(name).dtype().bytes();
    }

    /** Returns the file that a tensor is in. */
    SafetensorsFile file(String name) {
        SafetensorsFile file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no tensor '" + name + "'");
        }
        return file;
    }
}
