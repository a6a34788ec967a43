package io.arrakis.runtime.plan;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One reading of some texts by one model.
 *
 * @param model         which
 * @param texts         what it reads
 * @param interventions what is changed
 * @param targets       what is kept: the union of what everybody asked for
 */
public record ForwardPass(
        ModelKey model, TokenTable texts, List<Intervention> interventions, SortedSet<Target> targets) {

    /** Copies the collections. */
    public ForwardPass {
        interventions = List.copyOf(interventions);
        targets = Collections.unmodifiableSortedSet(new TreeSet<>(targets));
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a pass that keeps nothing");
        }
    }

    /** Returns the hook points of the targets. */
    public SortedSet<HookName> hooks() {
        SortedSet<HookName> hooks = new TreeSet<>();
        targets.forEach(target -> hooks.add(target.hook()));
        return hooks;
    }

    /**
     * Returns whether this and another are one reading: equal model, token ids, marked parts and interventions, wherever the
     * texts come from.
     */
    public boolean sameReading(ForwardPass other) {
        return identity().equals(other.identity());
    }

    /** Returns what makes two passes one reading. */
    public Object identity() {
        return List.of(model.reference(), texts.contentHash(), texts.spanHash(), interventions);
    }

    /** Returns this pass with the targets of another, of the same reading. */
    ForwardPass with(ForwardPass other) {
        SortedSet<Target> both = new TreeSet<>(targets);
        both.addAll(other.targets);
        return new ForwardPass(model, texts, interventions, both);
    }
}
