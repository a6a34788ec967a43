package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;

/**
 * A linear layer.
 *
 * @param weight {@code [out, in]}
 * @param bias   {@code [out]}, or null for none
 */
record Linear(NDArray weight, NDArray bias) {
    /** A layer of one block; without bias where the architecture has none. */
    static Linear of(EngineWeights weights, int block, WeightPoint matrix, WeightPoint bias) {
        return new Linear(
                weights.matrix(WeightName.of(matrix, block)),
                weights.has(bias) ? weights.vector(WeightName.of(bias, block)) : null);
    }

    /** A layer outside the blocks; without bias where the architecture has none. */
    static Linear of(EngineWeights weights, WeightPoint matrix, WeightPoint bias) {
        return new Linear(
                weights.matrix(WeightName.of(matrix)), weights.has(bias) ? weights.vector(WeightName.of(bias)) : null);
    }

    /** {@code [.., in]} to {@code [.., out]}. */
    NDArray apply(NDArray x) {
        return ai.djl.nn.core.Linear.linear(x, weight, bias).singletonOrThrow();
    }
}
