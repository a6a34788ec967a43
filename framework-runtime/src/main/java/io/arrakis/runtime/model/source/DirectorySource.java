package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens directories in Hugging Face layout: {@code config.json}, safetensors, {@code tokenizer.json}. */
public final class DirectorySource implements ModelSource {

    @Override
    public String kind() {
        return "directory";
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public boolean accepts(String reference, ModelContext context) {
        return directory(reference, context).filter(Files::isDirectory).isPresent();
    }

    @Override
    public Checkpoint open(String reference, ModelContext context) {
        Path directory = directory(reference, context)
                .orElseThrow(() -> new IllegalArgumentException("'" + reference + "' is no path"));
        return DirectoryCheckpoint.open(reference, directory, context);
    }

    /** Returns the path that a reference may be. */
    static Optional<Path> directory(String reference, ModelContext context) {
        try {
            return Optional.of(context.base().resolve(reference).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
