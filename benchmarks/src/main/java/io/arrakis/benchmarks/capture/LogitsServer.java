package io.arrakis.benchmarks.capture;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.model.ComputeOptions;
import io.arrakis.runtime.model.Models;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

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
        boolean[][] real = new boolean[rows][columns];
        for (boolean[] row : real) {
            Arrays.fill(row, true);
        }
        TokenBatch batch = TokenBatch.of(TokenIds.of(rows, columns), real);
        ForwardRequest request = ForwardRequest.keep(HookName.of(HookPoint.LOGITS));
        try (HookedModel model = Models.open(
                Checkpoints.builtIn()
                        .open(new ModelSpec.Named(arguments[0]), new ModelContext(Path.of("."), CaptureServer.cache())),
                ModelFamilies.builtIn(),
                ComputeOptions.cpu(threads))) {
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
