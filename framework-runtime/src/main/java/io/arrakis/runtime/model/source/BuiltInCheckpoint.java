package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.model.TensorPart;
import io.arrakis.api.model.Tokenizer;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.Map;

/**
 * A built-in model. Its configuration and catalogue are known without its files, so that an experiment can be checked at once;
 * it is unpacked when weights, tokenizer or fingerprint are first asked for.
 */
final class BuiltInCheckpoint implements Checkpoint {

    private final BuiltInModel model;
    private final ModelContext context;
    private final Tensors tensors = new Tensors();
    private Checkpoint unpacked;
    private boolean closed;

    BuiltInCheckpoint(BuiltInModel model, ModelContext context) {
        this.model = model;
        this.context = context;
    }

    private synchronized Checkpoint unpacked() {
        if (closed) {
            throw new IllegalStateException("the model " + model.id() + " was closed");
        }
        if (unpacked == null) {
            unpacked = DirectoryCheckpoint.open(
                    model.id(), UnpackedModel.directory(model, context.cacheDirectory()), context);
        }
        return unpacked;
    }

    private synchronized boolean isUnpacked() {
        return unpacked != null;
    }

    @Override
    public String name() {
        return model.id();
    }

    @Override
    public ModelConfig config() {
        return ConfigFile.parse(model.id(), model.config()).view();
    }

    @Override
    public CheckpointTensors tensors() {
        return tensors;
    }

    @Override
    public Tokenizer tokenizer() {
        return unpacked().tokenizer();
    }

    @Override
    public String fingerprint() {
        return unpacked().fingerprint();
    }

    @Override
    public String fingerprint(Collection<TensorPart> parts) {
        return unpacked().fingerprint(parts);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (unpacked != null) {
            unpacked.close();
        }
    }

    /** The tensors, listed from the sizes of the model and read from its files. */
    private final class Tensors implements CheckpointTensors {

        @Override
        public Map<String, TensorInfo> catalog() {
            return model.catalog();
        }

        @Override
        public void read(String name, long first, FloatBuffer into) {
            unpacked().tensors().read(name, first, into);
        }

        @Override
        public long bytesRead() {
            return isUnpacked() ? unpacked().tensors().bytesRead() : 0;
        }
    }
}
