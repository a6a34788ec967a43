package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.model.QkNormSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;

/**
 * The norm of queries or of keys.
 *
 * @param norm     over d_head, or over all heads together
 * @param together whether it is over all heads together
 */
record HeadNorm(Norm norm, boolean together) {
    static HeadNorm of(EngineWeights weights, QkNormSpec spec, WeightPoint point, int block, long dHead) {
        boolean together = spec.span() == QkNormSpec.Span.ALL_HEADS;
        NDArray weight = weights.vector(WeightName.of(point, block));
        NDArray shaped = together ? weight : weight.reshape(-1, dHead);
        return new HeadNorm(new Norm(weights.kernels(), spec.norm(), shaped, null), together);
    }

    /** {@code [batch, pos, heads, d_head]}, normed. */
    NDArray apply(NDArray x) {
        if (!together) {
            return norm.apply(x);
        }
        Shape shape = x.getShape();
        return norm.apply(x.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3)))
                .reshape(shape);
    }
}
