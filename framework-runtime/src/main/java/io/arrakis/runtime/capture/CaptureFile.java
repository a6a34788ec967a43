package io.arrakis.runtime.capture;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.plan.FiniteCheck;
import io.arrakis.runtime.plan.TensorRuns;
import io.arrakis.runtime.safetensors.SafetensorsWriter;
import io.arrakis.runtime.safetensors.TensorSpec;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs batches and writes whole tensors to a safetensors file, each named {@code batch.hook}. */
public final class CaptureFile {

    private static final String IDS = ".input_ids";
    private static final String MASK = ".attention_mask";

    private final HookedModel model;
    private final ForwardRequest request;
    private final boolean withTokens;

    /**
     * Prepares a capture.
     *
     * @param request    what to keep, of which positions, in which numbers
     * @param withTokens whether ids and mask of each batch are written too
     */
    public CaptureFile(HookedModel model, ForwardRequest request, boolean withTokens) {
        this.model = model;
        this.request = request;
        this.withTokens = withTokens;
    }

    /**
     * Runs the batches one by one. The file appears complete or not at all: not if a number of a real token is not finite.
     *
     * @param done is told the name of each batch that is done
     */
    public void write(List<NamedBatch> batches, Path target, Consumer<String> done) {
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, specs(batches), Map.of("format", "pt"))) {
            for (NamedBatch batch : batches) {
                append(batch, writer);
                done.accept(batch.name());
            }
            writer.commit();
        } catch (IOException e) {
            throw DiskProblems.notWritten(target, e);
        }
    }

    private List<TensorSpec> specs(List<NamedBatch> batches) {
        Architecture architecture = model.description().architecture();
        List<TensorSpec> specs = new ArrayList<>();
        for (NamedBatch named : batches) {
            TokenBatch batch = named.batch();
            if (withTokens) {
                specs.add(TensorSpec.longs(named.name() + IDS, batch.rows(), batch.columns()));
                specs.add(TensorSpec.longs(named.name() + MASK, batch.rows(), batch.columns()));
            }
            for (HookName hook : request.hooks()) {
                specs.add(TensorSpec.kept(
                        request.type(), named.name() + "." + hook, request.shape(hook, architecture, batch)));
            }
        }
        return specs;
    }

    private void append(NamedBatch named, SafetensorsWriter writer) throws IOException {
        if (withTokens) {
            writer.append(named.name() + IDS, tokens(named.batch(), false));
            writer.append(named.name() + MASK, tokens(named.batch(), true));
        }
        try (Capture capture = model.run(named.batch(), request)) {
            FiniteCheck finite = new FiniteCheck(
                    named.batch(), request.positions(), row -> "row " + row + " of batch '" + named.name() + "'");
            request.hooks().forEach(hook -> finite.require(hook, capture.get(hook)));
            for (HookName hook : request.hooks()) {
                append(named.name() + "." + hook, new TensorRuns(capture.get(hook)), writer);
            }
        }
    }

    private static void append(String name, TensorRuns tensor, SafetensorsWriter writer) throws IOException {
        for (long done = 0; done < tensor.length(); done += TensorRuns.LONGEST) {
            writer.append(name, tensor.run(done, (int) Math.min(TensorRuns.LONGEST, tensor.length() - done)));
        }
    }

    private static LongBuffer tokens(TokenBatch batch, boolean mask) {
        LongBuffer buffer = LongBuffer.allocate(batch.rows() * batch.columns());
        for (int row = 0; row < batch.rows(); row++) {
            for (int column = 0; column < batch.columns(); column++) {
                buffer.put(mask ? (batch.real(row, column) ? 1 : 0) : batch.id(row, column));
            }
        }
        return buffer.flip();
    }
}
