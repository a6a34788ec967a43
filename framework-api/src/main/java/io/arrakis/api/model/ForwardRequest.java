package io.arrakis.api.model;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.stability.Stable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a forward pass is to keep and to change.
 *
 * @param hooks         which tensors to keep; the pass stops after the deepest
 * @param interventions what to change; applied in this order where several meet
 */
@Stable
public record ForwardRequest(SortedSet<HookName> hooks, List<Intervention> interventions) {
    /** Copies both. */
    public ForwardRequest {
        hooks = Collections.unmodifiableSortedSet(new TreeSet<>(hooks));
        interventions = List.copyOf(interventions);
        if (hooks.isEmpty()) {
            throw new IllegalArgumentException("a forward pass must keep something: name at least one hook point");
        }
    }

    /** Keeps tensors, changes nothing. */
    public static ForwardRequest keep(Collection<HookName> hooks) {
        return new ForwardRequest(new TreeSet<>(hooks), List.of());
    }

    /** Keeps tensors, changes nothing. */
    public static ForwardRequest keep(HookName... hooks) {
        return keep(List.of(hooks));
    }

    /** The same with changes. */
    public ForwardRequest with(List<Intervention> changes) {
        return new ForwardRequest(hooks, changes);
    }
}
