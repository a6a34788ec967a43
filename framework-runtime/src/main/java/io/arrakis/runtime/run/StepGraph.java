package io.arrakis.runtime.run;

import io.arrakis.runtime.spec.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Steps and their controls, in an order in which each comes after what it reads. */
final class StepGraph {

    private final Map<StepId, StepNode> nodes = new LinkedHashMap<>();

    /**
     * A step or a control of one, and what it reads.
     *
     * @param id    which
     * @param spec  the step
     * @param reads by name of the earlier step, the step or control of it that is read
     */
    record StepNode(StepId id, Step spec, Map<String, StepId> reads) {}

    StepGraph(Collection<Step> steps) {
        Map<String, Step> byName = new HashMap<>();
        steps.forEach(step -> byName.put(step.name(), step));
        Map<String, Set<Control>> controls = controls(steps);
        for (Step step : steps) {
            add(step, Optional.empty(), controls);
            controls.get(step.name()).forEach(control -> add(step, Optional.of(control), controls));
        }
    }

    private void add(Step step, Optional<Control> control, Map<String, Set<Control>> controls) {
        Map<String, StepId> reads = new HashMap<>();
        for (String name : step.after()) {
            reads.put(name, new StepId(name, control.filter(controls.get(name)::contains)));
        }
        StepId id = new StepId(step.name(), control);
        nodes.put(id, new StepNode(id, step, Map.copyOf(reads)));
    }

    /**
     * Decides which controls there are. The random model changes the input of every step, also of those that only read others,
     * so what such a step reads has that control too. Layer 0 changes steps that name a residual layer and those that read them.
     */
    private static Map<String, Set<Control>> controls(Collection<Step> steps) {
        Map<String, Set<Control>> controls = new HashMap<>();
        for (Step step : steps) {
            Set<Control> own = EnumSet.noneOf(Control.class);
            if (step.controls().randomModel().isPresent()) {
                own.add(Control.RANDOM_MODEL);
            }
            boolean zeroAbove =
                    step.after().stream().anyMatch(name -> controls.get(name).contains(Control.LAYER_0));
            if (step.controls().layer_0()
                    && (zeroAbove || LayerZero.applies(step.operation().parameters()))) {
                own.add(Control.LAYER_0);
            }
            controls.put(step.name(), own);
        }
        List<Step> backwards = new ArrayList<>(steps);
        Collections.reverse(backwards);
        for (Step step : backwards) {
            if (controls.get(step.name()).contains(Control.RANDOM_MODEL)) {
                step.after().forEach(name -> controls.get(name).add(Control.RANDOM_MODEL));
            }
        }
        return controls;
    }

    List<StepNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** Returns the controls of a step, by what they are. */
    Map<Control, StepNode> controlsOf(String step) {
        Map<Control, StepNode> found = new EnumMap<>(Control.class);
        nodes.forEach((id, node) -> {
            if (id.step().equals(step) && id.control().isPresent()) {
                found.put(id.control().get(), node);
            }
        });
        return found;
    }
}
