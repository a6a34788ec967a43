package io.arrakis.api.model;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.stability.Stable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a forward pass is to keep and to change.
 *
 * @param hooks         which tensors to keep; the pass stops after the deepest
 * @param interventions what to change; applied in this order where several meet
 * @param positions     which tokens of each row are kept, counted over its real tokens; in attention scores and patterns these
 *                      are query positions, and tensors without positions are kept whole
 * @param type          what numbers the tensors are kept in
 */
@Stable
public record ForwardRequest(
        SortedSet<HookName> hooks, List<Intervention> interventions, Positions positions, KeptType type) {
    /** Copies the collections. */
    public ForwardRequest {
        hooks = Collections.unmodifiableSortedSet(new TreeSet<>(hooks));
        interventions = List.copyOf(interventions);
        Objects.requireNonNull(positions, "positions");
        Objects.requireNonNull(type, "type");
        if (hooks.isEmpty()) {
            throw new IllegalArgumentException("a forward pass must keep something: name at least one hook point");
        }
    }

    /** Keeps whole tensors in float32. */
    public ForwardRequest(SortedSet<HookName> hooks, List<Intervention> interventions) {
        this(hooks, interventions, Positions.all(), KeptType.FLOAT32);
    }

    /** Keeps tensors, changes nothing. */
    public static ForwardRequest keep(Collection<HookName> hooks) {
        return new ForwardRequest(new TreeSet<>(hooks), List.of());
    }

    /** Keeps tensors, changes nothing. */
    public static ForwardRequest keep(HookName... hooks) {
        return keep(List.of(hooks));
    }

    /**
     * The shape of a tensor that is kept.
     *
     * @param batch what the pass reads
     * @return sizes in the order of {@code HookPoint.axes()}; the keys of attention are never fewer than the batch's columns
     */
    public long[] shape(HookName hook, Architecture architecture, TokenBatch batch) {
        long[] shape = architecture.shape(hook, batch.rows(), batch.columns());
        List<Axis> axes = hook.point().axes();
        for (int axis = 0; axis < shape.length; axis++) {
            boolean chosen = axes.get(axis) == Axis.POS || axes.get(axis) == Axis.QUERY_POS;
            shape[axis] = chosen ? positions.count(batch.columns()) : shape[axis];
        }
        return shape;
    }

    /** The same with changes. */
    public ForwardRequest with(List<Intervention> changes) {
        return new ForwardRequest(hooks, changes, positions, type);
    }

    /** The same, of these tokens alone; every row of a batch must have each of them. */
    public ForwardRequest at(Positions chosen) {
        return new ForwardRequest(hooks, interventions, chosen, type);
    }

    /** The same, kept in these numbers. */
    public ForwardRequest keptAs(KeptType numbers) {
        return new ForwardRequest(hooks, interventions, positions, numbers);
    }
}
