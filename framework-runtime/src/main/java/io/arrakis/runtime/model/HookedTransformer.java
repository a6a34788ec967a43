package io.arrakis.runtime.model;

import ai.djl.engine.EngineException;
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
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.Weights;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.model.weights.ModelWeights;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One transformer for all families: an embedding, blocks, a head, driven by an architecture. */
final class HookedTransformer implements HookedModel {
    private final Checkpoint checkpoint;
    private final ModelDescription description;
    private final ModelWeights weights;
    private final ComputeOptions options;
    private final Map<Set<WeightName>, String> fingerprints = new ConcurrentHashMap<>();
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
        return described(checkpoint.fingerprint(), weights.names());
    }

    @Override
    public String fingerprint(Collection<HookName> hooks, Collection<WeightName> also) {
        Architecture architecture = description.architecture();
        Set<WeightName> covered = new HashSet<>(also);
        hooks.forEach(hook -> covered.addAll(NeededWeights.of(hook, architecture)));
        return fingerprints.computeIfAbsent(
                covered, names -> described(checkpoint.fingerprint(weights.parts(names)), names));
    }

    /**
     * With what the family reads from the configuration, and which part of the files it takes for which weight: a family that was
     * mended makes another model of the same files.
     */
    private String described(String files, Collection<WeightName> names) {
        StringBuilder text =
                new StringBuilder(files).append('/').append(options.type().id());
        text.append('/').append(ValueText.of(description.architecture()));
        names.stream()
                .sorted()
                .forEach(name -> text.append('/').append(name).append(ValueText.of(weights.locations(name))));
        return HexFormat.of().formatHex(Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
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
            try {
                if (forward == null) {
                    forward = new Forward(weights, architecture, options);
                }
                return forward.run(batch, request);
            } catch (EngineException e) {
                throw outOfMemory(e).orElseThrow(() -> e);
            }
        }
    }

    /** What the engine says, in words of its own, when there is no memory left is no defect. */
    private Optional<RuntimeException> outOfMemory(EngineException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (!message.contains("can't allocate memory") && !message.contains("out of memory")) {
            return Optional.empty();
        }
        Problem problem = Problem.error(
                ErrorCode.MEMORY,
                SourceLocation.of(description.name()),
                "there is not enough memory for a forward pass",
                "use a smaller model, shorter texts or a narrower dtype, or free some memory");
        return Optional.of(new ArrakisException(List.of(problem), failure));
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
