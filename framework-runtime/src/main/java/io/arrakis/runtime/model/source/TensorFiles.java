package io.arrakis.runtime.model.source;

import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.runtime.safetensors.TensorEntry;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The tensors of one or more safetensors files, mapped into memory. */
final class TensorFiles implements CheckpointTensors {

    private final SortedMap<String, SafetensorsFile> files;
    private final Map<String, TensorInfo> catalog = new LinkedHashMap<>();
    private final LongAdder bytesRead = new LongAdder();

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
        bytesRead.add((long) into.remaining() * entry.dtype().bytes());
        file.read(name, first, into);
    }

    @Override
    public long bytesRead() {
        return bytesRead.sum();
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
