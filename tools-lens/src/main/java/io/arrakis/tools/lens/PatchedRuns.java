package io.arrakis.tools.lens;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.tools.lens.PatchValues.Patch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs an input with patches: each is a row of a batch, whatever its hook point, so that many are one pass. */
final class PatchedRuns {

    /** Numbers of one hook point in a pass, unless one row alone has more. */
    private static final int NUMBERS_A_PASS = 4 << 20;

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

    /** A patch at a hook point. */
    record Placed(HookName at, Patch patch) {}

    /**
     * A patched run.
     *
     * @param metric     of its output
     * @param fromBase   largest difference of its outputs from those of the run that was patched, at any position
     * @param fromSource the same from those of the run that the patch comes from
     */
    record Measured(double metric, double fromBase, double fromSource) {}

    /** Returns the patched runs. */
    List<Measured> measure(List<Placed> patches) {
        int numbers = plain.values().get(patches.get(0).at()).base().length;
        int step = Math.max(1, NUMBERS_A_PASS / numbers);
        List<Measured> measured = new ArrayList<>();
        for (int first = 0; first < patches.size(); first += step) {
            measured.addAll(run(patches.subList(first, Math.min(first + step, patches.size()))));
        }
        return measured;
    }

    private List<Measured> run(List<Placed> patches) {
        int rows = patches.size();
        ForwardRequest request = ForwardRequest.keep(output).with(changes(patches));
        try (Capture capture = model.run(TokenRow.batch(Collections.nCopies(rows, plain.tokens())), request)) {
            Matrix outputs = PlainRuns.rows(
                    capture.toArray(output), rows * plain.tokens().length());
            return IntStream.range(0, rows)
                    .mapToObj(row -> new Measured(
                            metric.of(outputs, row), plain.distance(0, outputs, row), plain.distance(1, outputs, row)))
                    .toList();
        }
    }

    private List<Intervention> changes(List<Placed> patches) {
        Map<HookName, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < patches.size(); row++) {
            rows.computeIfAbsent(patches.get(row).at(), at -> new ArrayList<>()).add(row);
        }
        List<Intervention> changes = new ArrayList<>();
        rows.forEach((at, here) -> changes.add(plain.values()
                .get(at)
                .replacing(
                        here.stream().map(row -> patches.get(row).patch()).toList(),
                        model.description().architecture())
                .inRows(here.stream().mapToInt(Integer::intValue).toArray())));
        return changes;
    }
}
