package io.arrakis.tools.lens;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.tools.lens.PatchValues.Patch;
import java.util.Collections;
import java.util.List;

/** Runs an input with patches, several at a time. */
final class PatchedRuns {

    /** Numbers that one pass puts in place, unless one patch alone has more. */
    private static final int NUMBERS_A_PASS = 8 << 20;

    private final HookedModel model;
    private final PlainRuns plain;
    private final HookName output;
    private final OutputMetric metric;

    PatchedRuns(HookedModel model, PlainRuns plain, HookName output, OutputMetric metric) {
        this.model = model;
        this.plain = plain;
        this.output = output;
        this.metric = metric;
    }

    /** Returns the metric of each patched run. */
    double[] metrics(HookName site, List<Patch> patches) {
        PatchValues values = plain.values().get(site);
        int step = Math.max(1, NUMBERS_A_PASS / values.base().length);
        double[] metrics = new double[patches.size()];
        for (int first = 0; first < metrics.length; first += step) {
            List<Patch> some = patches.subList(first, Math.min(first + step, metrics.length));
            double[] found = run(values.replacing(some, model.description().architecture()), some.size());
            System.arraycopy(found, 0, metrics, first, found.length);
        }
        return metrics;
    }

    private double[] run(Intervention change, int rows) {
        ForwardRequest request = ForwardRequest.keep(output).with(List.of(change));
        try (Capture capture = model.run(TokenRow.batch(Collections.nCopies(rows, plain.tokens())), request)) {
            Matrix outputs = PlainRuns.rows(
                    capture.toArray(output), rows * plain.tokens().length());
            double[] metrics = new double[rows];
            for (int row = 0; row < rows; row++) {
                metrics[row] = metric.of(outputs, row);
            }
            return metrics;
        }
    }
}
