package io.arrakis.runtime.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A directory of safetensors files, opened for a test of the forward pass alone. */
final class FolderCheckpoint implements Checkpoint, CheckpointTensors {
    private final Path directory;
    private final Map<String, SafetensorsFile> files = new HashMap<>();

    FolderCheckpoint(Path directory) {
        this.directory = directory;
        try (Stream<Path> paths = Files.list(directory)) {
            paths.filter(path -> path.getFileName().toString().matches("model.*\\.safetensors"))
                    .map(SafetensorsFile::open)
                    .forEach(file -> file.entries().keySet().forEach(name -> files.put(name, file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return directory.getFileName().toString();
    }

    @Override
    public ModelConfig config() {
        try {
            byte[] json = Files.readAllBytes(directory.resolve("config.json"));
            return new ModelConfig("config.json", new ObjectMapper().readValue(json, new TypeReference<>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CheckpointTensors tensors() {
        return this;
    }

    @Override
    public Map<String, TensorInfo> catalog() {
        Map<String, TensorInfo> catalog = new HashMap<>();
        files.forEach((name, file) -> catalog.put(
                name,
                new TensorInfo(
                        file.entry(name).dtype().toString(), file.entry(name).shape())));
        return catalog;
    }

    @Override
    public void read(String name, long first, FloatBuffer into) {
        files.get(name).read(name, first, into);
    }

    @Override
    public long bytesRead() {
        return files.entrySet().stream()
                .mapToLong(entry -> entry.getValue().bytesRead(entry.getKey()))
                .sum();
    }

    @Override
    public Tokenizer tokenizer() {
        throw new UnsupportedOperationException("this test needs no tokenizer");
    }

    @Override
    public String fingerprint() {
        return "0";
    }

    @Override
    public void close() {
        files.clear();
    }
}
