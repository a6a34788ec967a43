package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.MlpSpec;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.runtime.engine.TensorList;
import java.util.Set;

/** The MLP of one block. */
final class Mlp {
    /** The points that come by only if the neurons are computed step by step. */
    private static final Set<HookPoint> INSIDE = Set.of(HookPoint.MLP_PRE, HookPoint.MLP_PRE_LINEAR);

    private final MlpSpec spec;
    private final Kernels kernels;
    private final TensorList gate;
    private final TensorList input;
    private final TensorList output;

    Mlp(EngineWeights weights, Architecture architecture, int block) {
        spec = architecture.mlp();
        kernels = weights.kernels();
        gate = spec.gated() ? weights.layer(block, WeightPoint.W_GATE, WeightPoint.B_GATE) : null;
        input = weights.layer(block, WeightPoint.W_IN, WeightPoint.B_IN);
        output = weights.layer(block, WeightPoint.W_OUT, WeightPoint.B_OUT);
    }

    /**
     * What the MLP makes of its input, before post-norm and multiplier.
     *
     * @param x {@code [batch, pos, d_model]}
     * @return the same shape; anything once the trace is finished
     */
    NDArray run(NDArray x, Taps taps) {
        NDArray neurons = taps.touchesAny(INSIDE) ? byStep(x, taps) : together(x);
        if (taps.finished()) {
            return x;
        }
        NDArray post = taps.at(HookPoint.MLP_POST, neurons);
        return taps.finished() ? x : kernels.linear(post, output);
    }

    private NDArray together(NDArray x) {
        return spec.gated()
                ? kernels.gatedNeurons(x, gate, input, spec.activation())
                : kernels.neurons(x, input, spec.activation());
    }

    private NDArray byStep(NDArray x, Taps taps) {
        NDArray pre = taps.at(HookPoint.MLP_PRE, kernels.linear(x, spec.gated() ? gate : input));
        if (taps.finished()) {
            return pre;
        }
        NDArray activated = kernels.activate(pre, spec.activation(), !taps.touches(HookPoint.MLP_PRE));
        if (!spec.gated()) {
            return activated;
        }
        return activated.mul(taps.at(HookPoint.MLP_PRE_LINEAR, kernels.linear(x, input)));
    }
}
