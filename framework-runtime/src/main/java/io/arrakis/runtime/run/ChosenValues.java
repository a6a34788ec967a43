package io.arrakis.runtime.run;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.Architecture;
import io.arrakis.runtime.spec.Change;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Cuts the numbers of one token down to the heads and units that a change is about. */
final class ChosenValues {

    private ChosenValues() {}

    /**
     * The numbers of the chosen part, in the shape that an intervention takes.
     *
     * @param row all numbers of one token at the hook point, row-major over its axes after the position
     */
    static Values of(Change change, HookName hook, Architecture architecture, float[] row) {
        List<Axis> axes = hook.point().axes().stream()
                .filter(axis -> axis != Axis.BATCH && axis != Axis.POS)
                .toList();
        int[][] chosen = axes.stream()
                .map(axis -> chosen(change, axis, axis == axes.get(axes.size() - 1), (int) architecture.size(axis)))
                .toArray(int[][]::new);
        long[] shape = new long[chosen.length];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = chosen[axis].length;
        }
        float[] picked = row;
        int inner = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            picked = pick(picked, chosen[axis], (int) architecture.size(axes.get(axis)), inner);
            inner *= chosen[axis].length;
        }
        return Values.of(shape, picked);
    }

    private static int[] chosen(Change change, Axis axis, boolean last, int size) {
        boolean head = axis == Axis.HEAD || axis == Axis.KEY_VALUE_HEAD;
        Optional<List<Integer>> listed = head ? change.heads() : last ? change.units() : Optional.empty();
        return listed.map(indices -> indices.stream().mapToInt(Integer::intValue))
                .orElse(IntStream.range(0, size))
                .toArray();
    }

    /** Keeps some indices of an axis of {@code size} whose elements are runs of {@code inner} numbers. */
    private static float[] pick(float[] values, int[] chosen, int size, int inner) {
        int outer = values.length / (size * inner);
        float[] picked = new float[outer * chosen.length * inner];
        for (int o = 0; o < outer; o++) {
            for (int c = 0; c < chosen.length; c++) {
                System.arraycopy(
                        values, (o * size + chosen[c]) * inner, picked, (o * chosen.length + c) * inner, inner);
            }
        }
        return picked;
    }
}
