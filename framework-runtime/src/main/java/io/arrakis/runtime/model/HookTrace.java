package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.ForwardRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What one pass keeps and changes. It lives as long as the pass, so no change outlives it, however the pass ends. */
final class HookTrace {
    private final Set<HookName> missing;
    private final Map<HookName, List<Intervention>> changes = new HashMap<>();
    private final Map<OptionalInt, Map<HookPoint, HookName>> touched = new HashMap<>();
    private final EngineCapture capture;
    private final Interventions interventions;

    /**
     * The trace of a pass.
     *
     * @param capture       takes what is kept
     * @param interventions makes the changes
     */
    HookTrace(ForwardRequest request, EngineCapture capture, Interventions interventions) {
        this.capture = capture;
        this.interventions = interventions;
        this.missing = new HashSet<>(request.hooks());
        request.hooks().forEach(this::touch);
        for (Intervention change : request.interventions()) {
            changes.computeIfAbsent(change.at(), name -> new ArrayList<>()).add(change);
            touch(change.at());
        }
    }

    private void touch(HookName name) {
        touched.computeIfAbsent(name.block(), block -> new EnumMap<>(HookPoint.class))
                .put(name.point(), name);
    }

    /** The taps of a block. */
    Taps taps(int block) {
        return new Taps(this, touched.getOrDefault(OptionalInt.of(block), Map.of()));
    }

    /** The taps outside the blocks. */
    Taps taps() {
        return new Taps(this, touched.getOrDefault(OptionalInt.empty(), Map.of()));
    }

    NDArray at(HookName name, NDArray tensor) {
        NDArray changed = tensor;
        for (Intervention change : changes.getOrDefault(name, List.of())) {
            changed = interventions.apply(change, changed);
        }
        if (missing.remove(name)) {
            capture.keep(name, changed);
        }
        return changed;
    }

    boolean wants(HookName name) {
        return missing.contains(name);
    }

    /** What was asked for and not met yet. */
    Set<HookName> missing() {
        return missing;
    }

    boolean finished() {
        return missing.isEmpty();
    }
}
