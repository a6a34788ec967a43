package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.Tokenizer;
import java.nio.file.Path;
import java.util.Map;

/** A configuration without weights. A tokenizer is looked for beside it. */
final class ConfigCheckpoint implements Checkpoint {

    private final ConfigFile config;
    private final LazyTokenizer tokenizer;

    ConfigCheckpoint(Path file) {
        this.config = ConfigFile.read(file);
        this.tokenizer = new LazyTokenizer(file.toAbsolutePath().getParent());
    }

    @Override
    public String name() {
        return config.origin();
    }

    @Override
    public ModelConfig config() {
        return config.view();
    }

    @Override
    public CheckpointTensors tensors() {
        return new TensorFiles(Map.of());
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer.get();
    }

    @Override
    public String fingerprint() {
        return new Sha256().add("arrakis.config.1").add(config.canonical()).hex();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
