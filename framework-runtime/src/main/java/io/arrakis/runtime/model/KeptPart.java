package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.KeptType;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.safetensors.TooLargeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which part of a tensor a pass keeps: the positions that were asked for, in the numbers that were asked for. */
final class KeptPart {
    private static final float LARGEST_FLOAT16 = 65504;
    private static final long REST = -1;

    private final TokenBatch batch;
    private final Positions positions;
    private final KeptType type;
    /** Places of the kept tokens in the batch, row after row. */
    private final long[] places;

    /**
     * The part that a request keeps of a batch's tensors.
     *
     * @throws ArrakisException with {@code TOOL-INPUT} if a row of the batch lacks one of the positions
     */
    KeptPart(TokenBatch batch, ForwardRequest request) {
        this.batch = batch;
        this.positions = request.positions();
        this.type = request.type();
        this.places = positions instanceof Positions.All ? new long[0] : places();
    }

    private long[] places() {
        requireSpan();
        int count = positions.count(batch.columns());
        long[] found = new long[Math.multiplyExact(batch.rows(), count)];
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = 0; i < count; i++) {
                found[row * count + i] = (long) row * batch.columns() + column(row, position(i, batch.length(row)));
            }
        }
        return found;
    }

    /** Before room is made for its places: a span can be of any length. */
    private void requireSpan() {
        for (int row = 0; positions instanceof Positions.Span span && row < batch.rows(); row++) {
            if (span.end() > batch.length(row)) {
                throw missing(row, Math.max(span.start(), batch.length(row)));
            }
        }
    }

    private int position(int i, int length) {
        if (positions instanceof Positions.At at) {
            return at.indices().get(i);
        }
        return positions instanceof Positions.Span span ? span.start() + i : length - 1;
    }

    private int column(int row, int position) {
        int index = -1;
        for (int column = 0; column < batch.columns(); column++) {
            index += batch.real(row, column) ? 1 : 0;
            if (index == position && batch.real(row, column)) {
                return column;
            }
        }
        throw missing(row, position);
    }

    private ArrakisException missing(int row, int position) {
        return new ArrakisException(
                ErrorCode.TOOL_INPUT,
                "row " + row + " of the batch",
                "it has " + batch.length(row) + " tokens, and position " + position + " is asked for",
                "ask for positions that every row has, counted from 0, or for the last");
    }

    /** The tensor at the chosen positions; itself where all are, or where it has none. */
    NDArray positions(HookName name, NDArray tensor) {
        List<Axis> axes = name.point().axes();
        int axis = axes.contains(Axis.QUERY_POS) ? axes.indexOf(Axis.QUERY_POS) : axes.indexOf(Axis.POS);
        if (positions instanceof Positions.All || axis < 0) {
            return tensor;
        }
        NDArray leading = axis == 1 ? tensor : tensor.swapAxes(1, axis);
        long[] shape = leading.getShape().getShape().clone();
        NDArray rows = leading.reshape(new Shape((long) batch.rows() * batch.columns(), REST));
        shape[1] = positions.count(batch.columns());
        NDArray chosen =
                rows.get(new NDIndex("{}", tensor.getManager().create(places))).reshape(new Shape(shape));
        return axis == 1 ? chosen : chosen.swapAxes(1, axis);
    }

    /**
     * The numbers in the type that they are kept in. At padding, where nothing is defined, they may be infinite.
     *
     * @param wide  float32 or float64, flat
     * @param shape of the tensor
     * @throws TooLargeException if one of a real token is beyond that type
     */
    NDArray narrowed(HookName name, NDArray wide, Shape shape) {
        return switch (type) {
            case FLOAT32 -> wide;
            case BFLOAT16 -> Precision.BFLOAT16.narrow(wide);
            case FLOAT16 -> float16(name, wide, shape);
        };
    }

    private NDArray float16(HookName name, NDArray wide, Shape shape) {
        NDArray narrow = wide.toType(DataType.FLOAT16, false);
        if (narrow.size() > 0 && largest(narrow) > LARGEST_FLOAT16) {
            NDArray lost = narrow.isInfinite().logicalXor(wide.isInfinite()).reshape(shape);
            NDArray numbers = wide.reshape(shape);
            for (NDArray real : real(name, numbers)) {
                lost = lost.logicalAnd(real);
            }
            if (lost.any().getBoolean()) {
                float number = largest(NDArrays.where(lost, numbers, numbers.zerosLike()));
                throw new TooLargeException(name.toString(), number, KeptType.FLOAT16.id());
            }
        }
        return narrow;
    }

    private static float largest(NDArray numbers) {
        return numbers.abs().max().toType(DataType.FLOAT32, false).getFloat();
    }

    /** Where the kept tensor belongs to real tokens, along each axis of the batch's columns; broadcastable to the tensor. */
    private List<NDArray> real(HookName name, NDArray kept) {
        List<Axis> axes = name.point().axes();
        List<NDArray> masks = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            boolean chosen = axes.get(axis) == Axis.POS || axes.get(axis) == Axis.QUERY_POS;
            if (axes.get(axis) == Axis.KEY_POS || (chosen && positions instanceof Positions.All)) {
                long[] sizes = new long[axes.size()];
                Arrays.fill(sizes, 1);
                sizes[0] = batch.rows();
                sizes[axis] = batch.columns();
                masks.add(kept.getManager().create(realColumns(), new Shape(sizes)));
            }
        }
        return masks;
    }

    private boolean[] realColumns() {
        boolean[] real = new boolean[batch.rows() * batch.columns()];
        for (int i = 0; i < real.length; i++) {
            real[i] = batch.real(i / batch.columns(), i % batch.columns());
        }
        return real;
    }
}
