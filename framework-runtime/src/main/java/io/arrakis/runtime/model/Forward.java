package io.arrakis.runtime.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.engine.EngineBootstrap;
import io.arrakis.runtime.model.weights.ModelWeights;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The forward pass of one model, and the weights that it has read so far. Confined to the lock of its model. */
final class Forward implements AutoCloseable {
    private final Architecture architecture;
    private final Precision precision;
    private final ComputeOptions options;
    private final NDManager manager;
    private final Embedding embedding;
    private final List<Block> blocks;
    private final Head head;

    /** Starts the engine if nobody has. */
    Forward(ModelWeights weights, Architecture architecture, ComputeOptions options) {
        this.architecture = architecture;
        this.options = options;
        this.precision = Precision.of(options.type());
        this.manager = engine().newBaseManager(device());
        Kernels kernels = Kernels.of(engine(), precision, manager.getDevice());
        EngineWeights arrays = new EngineWeights(weights, architecture, manager, precision, kernels);
        this.embedding = new Embedding(arrays, architecture);
        this.blocks = IntStream.range(0, architecture.dims().nLayers())
                .mapToObj(index -> new Block(arrays, architecture, index))
                .toList();
        this.head = new Head(arrays, architecture);
    }

    /** Runs a batch as far as the deepest hook point that is asked for. */
    Capture run(TokenBatch batch, ForwardRequest request) {
        EngineCapture capture = new EngineCapture(
                engine().newBaseManager(Device.cpu()), precision.wide(), new KeptPart(batch, request));
        try (NDManager scope = manager.newSubManager()) {
            HookTrace trace = new HookTrace(request, capture, new Interventions(batch, architecture, scope, precision));
            run(new PassInputs(batch, architecture, scope, precision), trace, scope);
        } catch (RuntimeException | Error e) {
            capture.close();
            throw e;
        }
        return capture;
    }

    private void run(PassInputs inputs, HookTrace trace, NDManager scope) {
        NDArray stream = embedding.run(inputs, trace.taps());
        for (int index = 0; index < blocks.size() && !trace.finished(); index++) {
            stream = run(blocks.get(index), stream, inputs, trace.taps(index), scope);
        }
        if (!trace.finished()) {
            head.run(stream, inputs, trace.taps());
        }
        if (!trace.finished()) {
            throw new IllegalStateException("a forward pass ended without " + trace.missing());
        }
    }

    /** Runs a block in a scope of its own, so that what it makes on the way is freed before the next. */
    private static NDArray run(Block block, NDArray stream, PassInputs inputs, Taps taps, NDManager scope) {
        try (NDManager inner = scope.newSubManager()) {
            stream.attach(inner);
            NDArray leaving = block.run(stream, inputs, taps);
            leaving.attach(scope);
            return leaving;
        }
    }

    private Engine engine() {
        return EngineBootstrap.start(options.threads());
    }

    private Device device() {
        OptionalInt gpu = options.device().gpu();
        return gpu.isPresent() ? Device.gpu(gpu.getAsInt()) : Device.cpu();
    }

    @Override
    public void close() {
        manager.close();
    }
}
