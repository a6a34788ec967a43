package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.LayerSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.runtime.engine.TensorList;
import java.util.Optional;
import java.util.Set;

/**
 * The attention of one block. Queries, keys and values come out of one linear layer; key/value heads that several query heads
 * share are never repeated.
 */
final class Attention {
    /** The points that come by only if attention is computed step by step. */
    private static final Set<HookPoint> INSIDE = Set.of(HookPoint.ATTN_SCORES, HookPoint.PATTERN, HookPoint.Z);

    private final Dimensions dims;
    private final AttentionSpec spec;
    private final LayerSpec layer;
    private final Kernels kernels;
    private final ScoreScale scale;
    private final TensorList queryKeyValue;
    private final TensorList output;
    private final Optional<HeadNorm> queryNorm;
    private final Optional<HeadNorm> keyNorm;

    Attention(EngineWeights weights, Architecture architecture, int block) {
        dims = architecture.dims();
        spec = architecture.attention();
        layer = architecture.layers().get(block);
        kernels = weights.kernels();
        scale = ScoreScale.of(layer.scoreScale(), spec.scoreSoftCap());
        queryKeyValue = weights.layer(
                weights.stacked(block, WeightPoint.W_Q, WeightPoint.W_K, WeightPoint.W_V), bias(weights, block));
        output = weights.layer(block, WeightPoint.W_O, WeightPoint.B_O);
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
     * @return the same shape; anything once the trace is finished
     */
    NDArray run(NDArray x, PassInputs inputs, Taps taps) {
        NDList projected = kernels.project(x, queryKeyValue, dims.nHeads(), dims.nKeyValueHeads());
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
            q = taps.at(HookPoint.ROT_Q, kernels.rotate(q, rotation));
            k = taps.at(HookPoint.ROT_K, kernels.rotate(k, rotation));
        }
        if (taps.finished()) {
            return x;
        }
        TensorList mask = inputs.mask(layer);
        return taps.touchesAny(INSIDE) ? byStep(q, k, v, mask, taps) : kernels.attend(q, k, v, scale, mask, output);
    }

    private NDArray byStep(NDArray q, NDArray k, NDArray v, TensorList mask, Taps taps) {
        NDArray scores = taps.at(HookPoint.ATTN_SCORES, kernels.scores(q, k, scale));
        if (taps.finished()) {
            return scores;
        }
        boolean overwrite = !taps.touches(HookPoint.ATTN_SCORES);
        NDArray pattern = taps.at(HookPoint.PATTERN, kernels.pattern(scores, mask, v, overwrite));
        if (taps.finished()) {
            return pattern;
        }
        NDArray z = taps.at(HookPoint.Z, kernels.mix(pattern, v));
        return taps.finished() ? z : kernels.combine(z, output);
    }
}
