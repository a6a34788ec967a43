package io.arrakis.benchmarks.capture;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.benchmarks.RequestLoop;
import java.io.IOException;

/**
 * Runs a model with a head as far as its logits each time that it is told to. Arguments: a directory in Hugging Face layout, rows,
 * columns, threads.
 */
public final class LogitsServer {

    private LogitsServer() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[1]);
        int columns = Integer.parseInt(arguments[2]);
        int threads = Integer.parseInt(arguments[3]);
        TokenBatch batch = TimedModels.batch(rows, columns);
        ForwardRequest request = ForwardRequest.keep(HookName.of(HookPoint.LOGITS));
        try (HookedModel model = TimedModels.open(arguments[0], threads)) {
            RequestLoop.serve(() -> run(model, batch, request));
        }
    }

    private static void run(HookedModel model, TokenBatch batch, ForwardRequest request) {
        try (Capture capture = model.run(batch, request)) {
            double last = capture.get(HookName.of(HookPoint.LOGITS)).getDouble(0, 0, 0);
            if (!Double.isFinite(last)) {
                throw new IllegalStateException("the pass gave " + last);
            }
        }
    }
}
