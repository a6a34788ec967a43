package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.IndexSet;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Values;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.Arrays;

/**
 * The numbers of an intervention, laid out so that they broadcast over the whole tensor: along an axis that is restricted to
 * some indices, one number for each of them stands in its place, zeros elsewhere.
 *
 * @param shape sizes; as many as the tensor has
 * @param data  row-major
 */
record ValueGrid(long[] shape, float[] data) {
    /**
     * Lays numbers out for a tensor.
     *
     * @throws ArrakisException with {@code TOOL-INPUT} if they do not fit
     */
    static ValueGrid fit(Intervention change, Values values, long[] tensor) {
        long[] given = alignedRight(change, values.shape(), tensor);
        long[] laid = given.clone();
        int[][] places = new int[tensor.length][];
        for (int axis = 0; axis < tensor.length; axis++) {
            if (given[axis] == 1) {
                continue;
            }
            IndexSet chosen = restriction(change, axis);
            if (chosen instanceof IndexSet.Of of && of.indices().size() == given[axis]) {
                places[axis] = of.indices().stream().mapToInt(Integer::intValue).toArray();
                laid[axis] = tensor[axis];
            } else if (chosen instanceof IndexSet.Of || given[axis] != tensor[axis]) {
                throw unfit(change, values.shape(), tensor);
            }
        }
        return new ValueGrid(laid, scattered(values.toArray(), given, laid, places));
    }

    /** Which indices of an axis a change is restricted to. */
    static IndexSet restriction(Intervention change, int axis) {
        Axis at = change.at().point().axes().get(axis);
        if (at == Axis.BATCH) {
            return change.rows();
        }
        if (at == Axis.HEAD || at == Axis.KEY_VALUE_HEAD) {
            return change.heads();
        }
        boolean last = axis == change.at().point().axes().size() - 1;
        return last ? change.units() : IndexSet.all();
    }

    /** The numbers as an array of the engine. */
    NDArray on(NDManager manager) {
        return manager.create(data, new Shape(shape));
    }

    private static long[] alignedRight(Intervention change, long[] values, long[] tensor) {
        if (values.length > tensor.length) {
            throw unfit(change, values, tensor);
        }
        long[] aligned = new long[tensor.length];
        Arrays.fill(aligned, 1);
        System.arraycopy(values, 0, aligned, tensor.length - values.length, values.length);
        return aligned;
    }

    private static float[] scattered(float[] data, long[] given, long[] laid, int[][] places) {
        if (Arrays.equals(given, laid)) {
            return data;
        }
        long size = Arrays.stream(laid).reduce(1, Math::multiplyExact);
        float[] result = new float[Math.toIntExact(size)];
        for (int i = 0; i < data.length; i++) {
            long rest = i;
            long target = 0;
            long stride = 1;
            for (int axis = given.length - 1; axis >= 0; axis--) {
                int index = (int) (rest % given[axis]);
                rest /= given[axis];
                target += stride * (places[axis] == null ? index : places[axis][index]);
                stride *= laid[axis];
            }
            result[(int) target] = data[i];
        }
        return result;
    }

    private static ArrakisException unfit(Intervention change, long[] values, long[] tensor) {
        return new ArrakisException(
                ErrorCode.TOOL_INPUT,
                "intervention at " + change.at(),
                "values of shape " + Arrays.toString(values) + " do not fit " + Arrays.toString(tensor) + " with axes "
                        + change.at().point().axes() + " restricted to rows " + change.rows() + ", heads "
                        + change.heads() + " and units "
                        + change.units(),
                "give one number, or one for each index of the last axes");
    }
}
