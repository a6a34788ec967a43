package io.arrakis.api.hook;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * A change at one hook point during a forward pass, as a pure value.
 *
 * <p>Several of them at one point apply in the order in which they are given. What is captured at the point is the tensor
 * after all of them.
 *
 * @param at        where
 * @param rows      which rows of the batch, so that one pass can try several changes of one input; only in passes that an
 *                  operation runs itself
 * @param heads     which heads; only for points with a head axis, else all
 * @param units     which indices of the last axis: neurons, directions, key positions
 * @param positions which tokens
 * @param edit      what is done there
 */
@Stable
public record Intervention(HookName at, IndexSet rows, IndexSet heads, IndexSet units, Positions positions, Edit edit) {
    /** Checks that heads are restricted only where there are heads. */
    public Intervention {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(edit, "edit");
        if (!(heads instanceof IndexSet.All) && !hasHeads(at.point())) {
            throw new IllegalArgumentException(at + " has no heads to choose from; its axes are "
                    + at.point().axes());
        }
        if (!(positions instanceof Positions.All) && !hasPositions(at.point())) {
            throw new IllegalArgumentException(at + " has no positions to choose from; its axes are "
                    + at.point().axes());
        }
    }

    /** A change in all rows of a batch. */
    public Intervention(HookName at, IndexSet heads, IndexSet units, Positions positions, Edit edit) {
        this(at, IndexSet.all(), heads, units, positions, edit);
    }

    /** Changes everything at the hook point. */
    public static Intervention everywhere(HookName at, Edit edit) {
        return new Intervention(at, IndexSet.all(), IndexSet.all(), Positions.all(), edit);
    }

    /** The same change, only in these rows of the batch; its values may have a row for each of them. */
    public Intervention inRows(int... chosen) {
        return new Intervention(at, IndexSet.of(chosen), heads, units, positions, edit);
    }

    /** The same change, only in these heads. */
    public Intervention inHeads(int... chosen) {
        return new Intervention(at, rows, IndexSet.of(chosen), units, positions, edit);
    }

    /** The same change, only in these indices of the last axis. */
    public Intervention inUnits(int... chosen) {
        return new Intervention(at, rows, heads, IndexSet.of(chosen), positions, edit);
    }

    /** The same change, only at these tokens. */
    public Intervention atPositions(Positions chosen) {
        return new Intervention(at, rows, heads, units, chosen, edit);
    }

    private static boolean hasHeads(HookPoint point) {
        return point.axes().contains(Axis.HEAD) || point.axes().contains(Axis.KEY_VALUE_HEAD);
    }

    private static boolean hasPositions(HookPoint point) {
        return point.axes().contains(Axis.POS) || point.axes().contains(Axis.QUERY_POS);
    }
}
