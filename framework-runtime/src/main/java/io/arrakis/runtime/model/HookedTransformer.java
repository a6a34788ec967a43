package io.arrakis.runtime.model;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPattern;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Weights;
import io.arrakis.runtime.model.weights.ModelWeights;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** One transformer for all families: an embedding, blocks, a head, driven by an architecture. */
final class HookedTransformer implements HookedModel {
    private final Checkpoint checkpoint;
    private final ModelDescription description;
    private final ModelWeights weights;
    private final ComputeOptions options;
    private final Object lock = new Object();
    private Forward forward;
    private boolean closed;

    /**
     * A model whose weights are read when passes need them.
     *
     * @param checkpoint closed with this model
     */
    HookedTransformer(
            Checkpoint checkpoint, ModelDescription description, ModelWeights weights, ComputeOptions options) {
        this.checkpoint = checkpoint;
        this.description = description;
        this.weights = weights;
        this.options = options;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public String fingerprint() {
        String identity = checkpoint.fingerprint() + "/" + options.type().id();
        return HexFormat.of().formatHex(Digests.sha256(identity.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Tokenizer tokenizer() {
        return checkpoint.tokenizer();
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Capture run(TokenBatch batch, ForwardRequest request) {
        Architecture architecture = description.architecture();
        request.hooks().forEach(name -> requireHook(name, architecture));
        request.interventions().stream().map(Intervention::at).forEach(name -> requireHook(name, architecture));
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the model " + description.name() + " was closed");
            }
            if (forward == null) {
                forward = new Forward(weights, architecture, options);
            }
            return forward.run(batch, request);
        }
    }

    private static void requireHook(HookName name, Architecture architecture) {
        if (!architecture.has(name)) {
            new HookPattern(name.toString()).resolve(architecture.hookNames());
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (!closed) {
                closed = true;
                if (forward != null) {
                    forward.close();
                }
                checkpoint.close();
            }
        }
    }
}
