package io.arrakis.tools.lens;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The run that is patched and the run that the patches come from, as they are.
 *
 * @param tokens  of the run that is patched
 * @param values  tensors of both at the hook points that are going to be patched
 * @param outputs rows of the metric's hook point: first those of the run that is patched
 */
record PlainRuns(TokenRow tokens, Map<HookName, PatchValues> values, Matrix outputs) {

    /** Runs two inputs of one length in one pass. */
    static PlainRuns of(HookedModel model, TokenRow base, TokenRow source, List<HookName> sites, HookName output) {
        List<HookName> kept = new ArrayList<>(sites);
        kept.add(output);
        int length = base.length();
        try (Capture capture = model.run(TokenRow.batch(List.of(base, source)), ForwardRequest.keep(kept))) {
            Map<HookName, PatchValues> values = new LinkedHashMap<>();
            for (HookName site : sites) {
                float[] both = capture.toArray(site);
                int half = both.length / 2;
                values.put(
                        site,
                        new PatchValues(
                                site, Arrays.copyOf(both, half), Arrays.copyOfRange(both, half, both.length), length));
            }
            return new PlainRuns(base, values, rows(capture.toArray(output), 2 * length));
        }
    }

    /**
     * Returns how far a row of a batch is from one of the two runs, at most.
     *
     * @param run     0 for the run that is patched, 1 for the other
     * @param patched outputs of the batch
     */
    double distance(int run, Matrix patched, int row) {
        int size = tokens.length() * outputs.columns();
        double largest = 0;
        for (int i = 0; i < size; i++) {
            double difference = (double) patched.values()[row * size + i] - outputs.values()[run * size + i];
            // What is no number is infinitely far away.
            largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.abs(difference));
        }
        return largest;
    }

    /** Returns the largest number of the outputs, by its absolute value. */
    double largest() {
        double largest = 0;
        for (float value : outputs.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Returns a row for each position of a batch. */
    static Matrix rows(float[] tensor, int rows) {
        return new Matrix(rows, tensor.length / rows, tensor);
    }
}
