package io.arrakis.runtime.model.verify;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers at a hook point.
 *
 * @param hook   where
 * @param shape  sizes in the order of the hook point's axes
 * @param values row-major
 */
record Tensor(HookName hook, long[] shape, float[] values) {

    /** Runs a batch and keeps these hook points. */
    static Map<HookName, Tensor> of(HookedModel model, TokenBatch batch, Collection<HookName> hooks) {
        Map<HookName, Tensor> tensors = new TreeMap<>();
        try (Capture capture = model.run(batch, ForwardRequest.keep(hooks))) {
            for (HookName hook : hooks) {
                tensors.put(hook, new Tensor(hook, capture.get(hook).shape(), capture.toArray(hook)));
            }
        }
        return tensors;
    }

    /** The largest number, at least 1: what differences are measured against. */
    double scale() {
        double scale = 1;
        for (float value : values) {
            scale = Math.max(scale, Math.abs(value));
        }
        return scale;
    }

    /** The number at a place. */
    float at(int... place) {
        long index = 0;
        for (int axis = 0; axis < place.length; axis++) {
            index = index * shape[axis] + place[axis];
        }
        return values[(int) index];
    }

    /** The place of the number of an index. */
    int[] place(int index) {
        int[] place = new int[shape.length];
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place[axis] = (int) (rest % shape[axis]);
            rest /= (int) shape[axis];
        }
        return place;
    }

    /**
     * Compares this tensor, of one text alone, with that of a batch.
     *
     * @param row   the text's row there
     * @param start the column of its first token there
     */
    void compare(Tensor batch, int row, int start, Worst worst) {
        double scale = scale();
        for (int i = 0; i < values.length; i++) {
            int[] place = place(i);
            for (int axis = 0; axis < place.length; axis++) {
                place[axis] += shift(hook.point().axes().get(axis), row, start);
            }
            worst.compare(hook, batch.at(place), values[i], scale);
        }
    }

    private static int shift(Axis axis, int row, int start) {
        return switch (axis) {
            case BATCH -> row;
            case POS, QUERY_POS, KEY_POS -> start;
            default -> 0;
        };
    }

    /** Whether the number at a place belongs to real tokens: all others are undefined. */
    boolean isDefined(int[] place, TokenBatch batch) {
        boolean defined = true;
        boolean positioned = false;
        for (int axis = 1; axis < place.length; axis++) {
            Axis kind = hook.point().axes().get(axis);
            if (kind == Axis.POS || kind == Axis.QUERY_POS || isUnmaskedKey(kind)) {
                positioned = true;
                defined &= batch.real(place[0], place[axis]);
            }
        }
        return positioned ? defined : batch.real(place[0], 0);
    }

    /** Scores of padded keys mean nothing; in the pattern they are exactly 0. */
    private boolean isUnmaskedKey(Axis kind) {
        return kind == Axis.KEY_POS && hook.point() == HookPoint.ATTN_SCORES;
    }
}
