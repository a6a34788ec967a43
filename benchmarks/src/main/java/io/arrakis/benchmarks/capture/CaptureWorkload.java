package io.arrakis.benchmarks.capture;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/** A pass of MiniLM that copies every residual stream and all MLP neurons out, {@code 7 x 384 + 6 x 1536} numbers a token. */
final class CaptureWorkload implements AutoCloseable {

    private final HookedModel model;
    private final TokenBatch batch;
    private final List<HookName> hooks = new ArrayList<>();

    CaptureWorkload(int rows, int columns, int threads) {
        model = TimedModels.open("minilm", threads);
        batch = TimedModels.batch(rows, columns);
        int layers = model.description().architecture().dims().nLayers();
        for (int layer = 0; layer <= layers; layer++) {
            hooks.add(HookName.residual(layer));
        }
        for (int block = 0; block < layers; block++) {
            hooks.add(HookName.of(HookPoint.MLP_POST, block));
        }
    }

    /** Runs once and returns a number of the last residual stream. */
    float run() {
        float last = 0;
        try (Capture capture = model.run(batch, ForwardRequest.keep(hooks))) {
            for (HookName hook : hooks) {
                float[] values = capture.toArray(hook);
                if (hook.point() == HookPoint.RESID_POST) {
                    last = values[values.length - 1];
                }
            }
        }
        if (!Float.isFinite(last)) {
            throw new IllegalStateException("the pass gave " + last);
        }
        return last;
    }

    @Override
    public void close() {
        model.close();
    }
}
