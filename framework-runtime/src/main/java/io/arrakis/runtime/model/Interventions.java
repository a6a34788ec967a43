package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.IndexSet;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the changes of one pass. */
final class Interventions {
    private final TokenBatch batch;
    private final Architecture architecture;
    private final NDManager manager;
    private final Precision precision;
    private final Map<OptionalInt, Optional<NDArray>> seen = new HashMap<>();

    /**
     * The changes of a pass over a batch.
     *
     * @param architecture says which keys a query sees
     * @param manager   owns what is made on the way; the pass's own
     * @param precision the types of the pass; changes are made in the wide one
     */
    Interventions(TokenBatch batch, Architecture architecture, NDManager manager, Precision precision) {
        this.batch = batch;
        this.architecture = architecture;
        this.manager = manager;
        this.precision = precision;
    }

    /** A changed copy of a tensor. */
    NDArray apply(Intervention change, NDArray tensor) {
        NDArray wide = precision.widen(tensor);
        NDArray edited = edited(change, wide);
        NDArray changed = selection(change, tensor.getShape())
                .map(chosen -> NDArrays.where(chosen.broadcast(tensor.getShape()), edited, wide))
                .orElse(edited);
        if (change.at().point() == HookPoint.ATTN_SCORES) {
            requireBelowMask(change, changed);
        }
        return precision.as(tensor, changed);
    }

    /** The mask is added to what was changed, and must still hide every key that it hid. */
    private static void requireBelowMask(Intervention change, NDArray scores) {
        float largest = scores.abs().max().toType(DataType.FLOAT32, false).getFloat();
        if (!(largest <= AttentionMask.LARGEST_SCORE)) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    "intervention at " + change.at(),
                    "it makes scores as large as " + largest + ", beside which the attention mask would not count",
                    "stay below " + AttentionMask.LARGEST_SCORE + "; -1e9 is enough for no attention at all");
        }
    }

    private NDArray edited(Intervention change, NDArray tensor) {
        Edit edit = change.edit();
        if (edit instanceof Edit.Replace replace) {
            // A broadcast view has no memory of its own that could be kept.
            return tensor.zerosLike().add(values(change, replace.values(), tensor));
        }
        if (edit instanceof Edit.Add add) {
            return tensor.add(values(change, add.values(), tensor));
        }
        if (edit instanceof Edit.Scale scale) {
            return tensor.mul(scale.factor());
        }
        return tensor.zerosLike();
    }

    private NDArray values(Intervention change, Values values, NDArray tensor) {
        return ValueGrid.fit(change, values, tensor.getShape().getShape())
                .on(manager)
                .toType(tensor.getDataType(), false);
    }

    /** Where the change applies, broadcastable to the tensor; empty for everywhere. */
    private Optional<NDArray> selection(Intervention change, Shape shape) {
        List<Axis> axes = change.at().point().axes();
        List<NDArray> chosen = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            IndexSet indices = ValueGrid.restriction(change, axis);
            if (indices instanceof IndexSet.Of of) {
                requireKeysFromTheLeft(axes.get(axis), change);
                chosen.add(along(axis, shape, of, change));
            }
        }
        if (!(change.positions() instanceof Positions.All)) {
            int axis = axes.contains(Axis.POS) ? axes.indexOf(Axis.POS) : axes.indexOf(Axis.QUERY_POS);
            chosen.add(places(change.positions(), axis, shape.dimension()));
        }
        if (change.at().point() == HookPoint.PATTERN) {
            seenKeys(change.at().block()).ifPresent(chosen::add);
        }
        return chosen.stream().reduce(NDArray::logicalAnd);
    }

    /**
     * Which keys a query of a block sees, broadcastable to its pattern; empty for all. A changed pattern must not give attention to
     * others: what padding holds would reach real tokens, and numbers would depend on the batch.
     */
    private Optional<NDArray> seenKeys(OptionalInt block) {
        OptionalInt window = architecture.layers().get(block.orElseThrow()).window();
        boolean causal = architecture.attention().causal();
        return seen.computeIfAbsent(window, width -> AttentionMask.of(batch, causal, width, manager, precision)
                .map(mask -> mask.eq(0)));
    }

    /** Keys are counted over the columns of the batch, which are the tokens of a text only if padding comes after them. */
    private void requireKeysFromTheLeft(Axis axis, Intervention change) {
        for (int row = 0; axis == Axis.KEY_POS && row < batch.rows(); row++) {
            if (!batch.real(row, 0)) {
                throw new ArrakisException(
                        ErrorCode.TOOL_INPUT,
                        "intervention at " + change.at(),
                        "units are keys there, counted over the columns of the batch, and row " + row
                                + " is padded on the left",
                        "pad texts on the right");
            }
        }
    }

    private NDArray along(int axis, Shape shape, IndexSet.Of indices, Intervention change) {
        boolean[] chosen = new boolean[(int) shape.get(axis)];
        for (int index : indices.indices()) {
            if (index >= chosen.length) {
                throw new ArrakisException(
                        ErrorCode.TOOL_INPUT,
                        "intervention at " + change.at(),
                        "index " + index + " is beyond axis "
                                + change.at().point().axes().get(axis) + " of " + chosen.length,
                        "count from 0");
            }
            chosen[index] = true;
        }
        long[] sizes = new long[shape.dimension()];
        Arrays.fill(sizes, 1);
        sizes[axis] = chosen.length;
        return manager.create(chosen, new Shape(sizes));
    }

    private NDArray places(Positions positions, int axis, int dimension) {
        boolean[] chosen = new boolean[batch.rows() * batch.columns()];
        for (int row = 0; row < batch.rows(); row++) {
            int count = 0;
            for (int pos = 0; pos < batch.columns(); pos++) {
                if (batch.real(row, pos)) {
                    chosen[row * batch.columns() + pos] = positions.contains(count, batch.length(row));
                    count++;
                }
            }
        }
        long[] sizes = new long[dimension];
        Arrays.fill(sizes, 1);
        sizes[0] = batch.rows();
        sizes[axis] = batch.columns();
        return manager.create(chosen, new Shape(sizes));
    }
}
