package io.arrakis.runtime.plan;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.cache.ActivationCache;
import io.arrakis.runtime.cache.CacheHold;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.cache.MatrixWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Passes that operations run themselves, each kept in the cache whole: the tensors of one batch one after the other, in forward
 * order. Used by one thread.
 */
public final class PassMemory {

    private final HookedModel model;
    private final ActivationCache cache;
    private final NumericSetup setup;
    private final Runnable checkCancelled;

    /**
     * Remembers passes of one model.
     *
     * @param checkCancelled throws to stop, while another process makes the same
     */
    public PassMemory(HookedModel model, ActivationCache cache, NumericSetup setup, Runnable checkCancelled) {
        this.model = model;
        this.cache = cache;
        this.setup = setup;
        this.checkCancelled = checkCancelled;
    }

    /** Returns what a pass gave before, if it is in the cache. */
    public Optional<Capture> find(TokenBatch batch, ForwardRequest request) {
        Architecture architecture = model.description().architecture();
        if (!architecture.hookNames().containsAll(request.hooks())) {
            return Optional.empty(); // the model says which one is wrong
        }
        KeptTensors tensors = new KeptTensors(architecture, batch, request);
        return cache.find(CacheKey.of(parts(batch, request)), tensors.matrix())
                .map(matrix -> new RememberedCapture(tensors, matrix));
    }

    /** Runs a pass and keeps what it gives; the tensors are the engine's own. */
    public Capture run(TokenBatch batch, ForwardRequest request) {
        Capture capture = model.run(batch, request);
        try {
            keep(capture, batch, request);
            return capture;
        } catch (RuntimeException e) {
            capture.close();
            throw e;
        }
    }

    private void keep(Capture capture, TokenBatch batch, ForwardRequest request) {
        KeptTensors tensors = new KeptTensors(model.description().architecture(), batch, request);
        Map<String, String> parts = parts(batch, request);
        CacheKey key = CacheKey.of(parts);
        CacheHold hold = cache.lock(List.of(key), checkCancelled);
        try (hold;
                MatrixWriter writer = cache.write(key, tensors.matrix(), parts)) {
            for (HookName hook : request.hooks()) {
                put(tensors.first(hook), new TensorRuns(capture.get(hook)), writer);
            }
            cache.commit(writer);
        }
    }

    private static void put(int place, TensorRuns tensor, MatrixWriter writer) {
        int length = Math.toIntExact(tensor.length());
        for (int done = 0; done < length; done += TensorRuns.LONGEST) {
            int count = Math.min(TensorRuns.LONGEST, length - done);
            writer.put(place + done, tensor.run(done, count));
        }
    }

    private Map<String, String> parts(TokenBatch batch, ForwardRequest request) {
        Map<String, String> parts = new TreeMap<>();
        parts.put("model", model.fingerprint(request.hooks(), Set.of()));
        parts.put("batch", text(batch));
        parts.put("hooks", request.hooks().stream().map(HookName::toString).collect(Collectors.joining(",")));
        parts.put("interventions", changes(request.interventions()));
        PassKeys.addKept(request.positions(), request.type(), parts);
        setup.addTo(parts);
        return parts;
    }

    private static String changes(List<Intervention> interventions) {
        String text = interventions.stream().map(PassKeys::text).collect(Collectors.joining("\n"));
        return CacheKey.of(Map.of("interventions", text)).hash();
    }

    private static String text(TokenBatch batch) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < batch.rows(); row++) {
            for (int pos = 0; pos < batch.columns(); pos++) {
                text.append(batch.real(row, pos) ? batch.id(row, pos) : "-");
                text.append(':').append(batch.typeId(row, pos)).append(' ');
            }
            text.append('\n');
        }
        batch.positions().ifPresent(positions -> text.append(Arrays.deepToString(positions)));
        return CacheKey.of(Map.of("batch", text.toString())).hash();
    }
}
