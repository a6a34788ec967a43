package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.norm.LayerNorm;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.runtime.engine.TensorList;

/** A norm over the last axis. */
final class Norm {
    private final Kernels kernels;
    private final NormSpec spec;
    private final NDArray weight;
    private final NDArray bias;
    private final TensorList both;

    /**
     * A norm with weights.
     *
     * @param weight what the normed numbers are multiplied by, before one is added where the spec says so; its axes are the
     *               last ones of what is normed
     * @param bias   what is added, or null for none
     */
    Norm(Kernels kernels, NormSpec spec, NDArray weight, NDArray bias) {
        this.kernels = kernels;
        this.spec = spec;
        this.weight = spec.weightPlusOne() ? weight.add(1) : weight;
        this.bias = bias;
        this.both = bias == null
                ? TensorList.of(weight.getManager(), this.weight)
                : TensorList.of(weight.getManager(), this.weight, bias);
    }

    /** The norm whose weight and bias have these names. */
    static Norm of(EngineWeights weights, NormSpec spec, WeightName weight, WeightName bias) {
        return new Norm(weights.kernels(), spec, weights.vector(weight), spec.bias() ? weights.vector(bias) : null);
    }

    NDArray apply(NDArray x) {
        return switch (spec.kind()) {
            case RMS_NORM -> kernels.rmsNorm(x, both, spec.epsilon());
            case LAYER_NORM ->
                bias != null && weight.getShape().dimension() == 1
                        ? fusedLayerNorm(x)
                        : kernels.layerNorm(x, both, spec.epsilon());
        };
    }

    private NDArray fusedLayerNorm(NDArray x) {
        return LayerNorm.layerNorm(x, weight.getShape(), weight, bias, (float) spec.epsilon())
                .singletonOrThrow();
    }
}
