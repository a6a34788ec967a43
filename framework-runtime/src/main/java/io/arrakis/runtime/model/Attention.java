package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.LayerSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import java.util.Optional;

/**
 * The attention of one block. Queries, keys and values come out of one linear layer; key/value heads that several query heads
 * share are never repeated.
 */
final class Attention {
    private final Dimensions dims;
    private final AttentionSpec spec;
    private final LayerSpec layer;
    private final Precision precision;
    private final Linear queryKeyValue;
    private final Linear output;
    private final Optional<HeadNorm> queryNorm;
    private final Optional<HeadNorm> keyNorm;

    Attention(EngineWeights weights, Architecture architecture, int block) {
        dims = architecture.dims();
        spec = architecture.attention();
        layer = architecture.layers().get(block);
        precision = weights.precision();
        queryKeyValue = new Linear(
                weights.stacked(block, WeightPoint.W_Q, WeightPoint.W_K, WeightPoint.W_V), bias(weights, block));
        output = Linear.of(weights, block, WeightPoint.W_O, WeightPoint.B_O);
        queryNorm = spec.qkNorm().map(norm -> HeadNorm.of(weights, norm, WeightPoint.Q_NORM_W, block, dims.dHead()));
        keyNorm = spec.qkNorm().map(norm -> HeadNorm.of(weights, norm, WeightPoint.K_NORM_W, block, dims.dHead()));
    }

    private NDArray bias(EngineWeights weights, int block) {
        if (!spec.qkvBias()) {
            return null;
        }
        return NDArrays.concat(new NDList(
                weights.vector(WeightName.of(WeightPoint.B_Q, block)),
                weights.vector(WeightName.of(WeightPoint.B_K, block)),
                weights.vector(WeightName.of(WeightPoint.B_V, block))));
    }

    /**
     * What attention makes of its input, before post-norm and multiplier.
     *
     * @param x {@code [batch, pos, d_model]}
     * @return the same shape; meaningless once the trace is finished
     */
    NDArray run(NDArray x, PassInputs inputs, Taps taps) {
        NDList projected = project(x);
        NDArray q = taps.at(HookPoint.Q, projected.get(0));
        NDArray k = taps.at(HookPoint.K, projected.get(1));
        NDArray v = taps.at(HookPoint.V, projected.get(2));
        if (taps.finished()) {
            return x;
        }
        if (spec.qkNorm().isPresent()) {
            q = taps.at(HookPoint.Q_NORMED, queryNorm.orElseThrow().apply(q));
            k = taps.at(HookPoint.K_NORMED, keyNorm.orElseThrow().apply(k));
        }
        if (layer.rotary().isPresent()) {
            Rotation rotation = inputs.rotation(layer.rotary().get());
            q = taps.at(HookPoint.ROT_Q, rotation.apply(q));
            k = taps.at(HookPoint.ROT_K, rotation.apply(k));
        }
        if (taps.finished()) {
            return x;
        }
        NDArray scores = taps.at(HookPoint.ATTN_SCORES, scores(q, k));
        NDArray pattern = taps.at(HookPoint.PATTERN, pattern(scores, inputs, taps));
        NDArray z = taps.at(HookPoint.Z, mix(pattern, v));
        return taps.finished() ? x : output.apply(sideBySide(z));
    }

    private NDList project(NDArray x) {
        NDArray all = queryKeyValue.apply(x);
        long heads = dims.nHeads() + 2L * dims.nKeyValueHeads();
        Shape shape = all.getShape();
        long queries = dims.nHeads();
        return all.reshape(shape.get(0), shape.get(1), heads, dims.dHead())
                .split(new long[] {queries, queries + dims.nKeyValueHeads()}, 2);
    }

    /** Products of queries and keys, {@code [batch, head, query, key]}: scaled, soft-capped, in the wide type. */
    private NDArray scores(NDArray q, NDArray k) {
        long batch = q.getShape().get(0);
        long pos = q.getShape().get(1);
        NDArray queries =
                q.transpose(0, 2, 1, 3).reshape(batch, dims.nKeyValueHeads(), groupSize() * pos, dims.dHead());
        NDArray products = queries.matMul(k.transpose(0, 2, 3, 1)).reshape(batch, dims.nHeads(), pos, pos);
        NDArray scaled = precision.widen(products).muli(layer.scoreScale());
        return SoftCap.apply(spec.scoreSoftCap(), scaled);
    }

    private NDArray pattern(NDArray scores, PassInputs inputs, Taps taps) {
        Optional<NDArray> mask = inputs.mask(layer);
        if (mask.isEmpty()) {
            return precision.narrow(scores.softmax(-1));
        }
        NDArray masked = taps.touches(HookPoint.ATTN_SCORES) ? scores.add(mask.get()) : scores.addi(mask.get());
        return precision.narrow(masked.softmax(-1));
    }

    /** Values mixed by the pattern, {@code [batch, pos, head, d_head]}. */
    private NDArray mix(NDArray pattern, NDArray v) {
        long batch = pattern.getShape().get(0);
        long pos = pattern.getShape().get(2);
        return pattern.reshape(batch, dims.nKeyValueHeads(), groupSize() * pos, pos)
                .matMul(v.transpose(0, 2, 1, 3))
                .reshape(batch, dims.nHeads(), pos, dims.dHead())
                .transpose(0, 2, 1, 3);
    }

    private NDArray sideBySide(NDArray z) {
        Shape shape = z.getShape();
        return z.reshape(shape.get(0), shape.get(1), (long) dims.nHeads() * dims.dHead());
    }

    private long groupSize() {
        return dims.nHeads() / dims.nKeyValueHeads();
    }
}
