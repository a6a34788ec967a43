package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.TensorPart;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** A model in a directory in Hugging Face layout. */
final class DirectoryCheckpoint implements Checkpoint {

    private final String name;
    private final ConfigFile config;
    private final TensorFiles tensors;
    private final TensorDigests digests;
    private final LazyTokenizer tokenizer;

    private DirectoryCheckpoint(String name, Path directory, ConfigFile config, TensorDigests digests) {
        this.name = name;
        this.config = config;
        this.tensors = WeightFiles.open(directory, config.view());
        this.digests = digests;
        this.tokenizer = new LazyTokenizer(directory);
    }

    /**
     * Opens a directory; reads its configuration and the headers of its weights.
     *
     * @throws ArrakisException with {@code FILE-MISSING}, {@code MODEL-CONFIG} or {@code MODEL-FILE}
     */
    static DirectoryCheckpoint open(String name, Path directory, ModelContext context) {
        Path config = directory.resolve("config.json");
        if (!Files.isRegularFile(config)) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    directory.toString(),
                    "the directory has no config.json, so it is not a model in Hugging Face layout",
                    "name the directory that config.json is in");
        }
        TensorDigests digests = new TensorDigests(context.cacheDirectory().resolve("fingerprints"));
        return new DirectoryCheckpoint(name, directory, ConfigFile.read(config), digests);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelConfig config() {
        return config.view();
    }

    @Override
    public CheckpointTensors tensors() {
        return tensors;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer.get();
    }

    @Override
    public String fingerprint() {
        return fingerprint(tensors.catalog().entrySet().stream()
                .map(tensor ->
                        TensorPart.whole(tensor.getKey(), tensor.getValue().size()))
                .toList());
    }

    @Override
    public String fingerprint(Collection<TensorPart> parts) {
        Sha256 hash = new Sha256().add("arrakis.checkpoint.2").add(config.canonical());
        digests.of(tensors, parts).forEach((part, digest) -> hash.add(part.toString())
                .add(tensors.catalog().get(part.tensor()).toString())
                .add(digest));
        return hash.hex();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
