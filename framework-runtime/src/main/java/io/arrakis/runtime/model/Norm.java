package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.WeightName;
import java.util.Optional;

/** A norm over the last axis. */
final class Norm {
    private static final int[] LAST = {-1};

    private final NormSpec spec;
    private final NDArray weight;
    private final NDArray bias;
    private final Precision precision;

    /**
     * A norm with weights.
     *
     * @param weight what the normed numbers are multiplied by, before one is added where the spec says so; its axes are the
     *               last ones of what is normed
     * @param bias   what is added, or null for none
     */
    Norm(NormSpec spec, NDArray weight, NDArray bias, Precision precision) {
        this.spec = spec;
        this.weight = spec.weightPlusOne() ? weight.add(1) : weight;
        this.bias = bias;
        this.precision = precision;
    }

    /** The norm whose weight and bias have these names. */
    static Norm of(EngineWeights weights, NormSpec spec, WeightName weight, WeightName bias) {
        NDArray b = spec.bias() ? weights.vector(bias) : null;
        return new Norm(spec, weights.vector(weight), b, weights.precision());
    }

    NDArray apply(NDArray x) {
        boolean fused = spec.kind() == NormSpec.Kind.LAYER_NORM
                && bias != null
                && weight.getShape().dimension() == 1;
        return fused ? fusedLayerNorm(x) : stepByStep(x);
    }

    private NDArray fusedLayerNorm(NDArray x) {
        Shape width = weight.getShape();
        return LayerNorm.layerNorm(x, width, weight, bias, (float) spec.epsilon())
                .singletonOrThrow();
    }

    private NDArray stepByStep(NDArray x) {
        NDArray wide = precision.widen(x);
        NDArray centred = spec.kind() == NormSpec.Kind.LAYER_NORM ? wide.sub(wide.mean(LAST, true)) : wide;
        NDArray size = centred.square().mean(LAST, true).addi(spec.epsilon()).sqrt();
        NDArray normed = precision.narrow(centred.div(size)).mul(weight);
        return bias == null ? normed : normed.addi(bias);
    }

    /** No norm where there is none. */
    static NDArray applyTo(Optional<Norm> norm, NDArray x) {
        return norm.map(n -> n.apply(x)).orElse(x);
    }
}
