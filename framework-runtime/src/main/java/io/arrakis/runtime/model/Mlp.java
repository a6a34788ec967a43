package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.MlpSpec;
import io.arrakis.api.model.WeightPoint;

/** The MLP of one block. */
final class Mlp {
    private final MlpSpec spec;
    private final Linear gate;
    private final Linear input;
    private final Linear output;

    Mlp(EngineWeights weights, Architecture architecture, int block) {
        spec = architecture.mlp();
        gate = spec.gated() ? Linear.of(weights, block, WeightPoint.W_GATE, WeightPoint.B_GATE) : null;
        input = Linear.of(weights, block, WeightPoint.W_IN, WeightPoint.B_IN);
        output = Linear.of(weights, block, WeightPoint.W_OUT, WeightPoint.B_OUT);
    }

    /**
     * What the MLP makes of its input, before post-norm and multiplier.
     *
     * @param x {@code [batch, pos, d_model]}
     * @return the same shape; meaningless once the trace is finished
     */
    NDArray run(NDArray x, Taps taps) {
        NDArray neurons = taps.at(HookPoint.MLP_POST, spec.gated() ? gated(x, taps) : plain(x, taps));
        return taps.finished() ? x : output.apply(neurons);
    }

    private NDArray plain(NDArray x, Taps taps) {
        return Neurons.apply(spec.activation(), taps.at(HookPoint.MLP_PRE, input.apply(x)));
    }

    private NDArray gated(NDArray x, Taps taps) {
        NDArray pre = taps.at(HookPoint.MLP_PRE, gate.apply(x));
        NDArray linear = taps.at(HookPoint.MLP_PRE_LINEAR, input.apply(x));
        return Neurons.apply(spec.activation(), pre).muli(linear);
    }
}
