package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.arrakis.api.model.ActivationFunction;

/** The activation functions, on arrays of the engine. None changes what it is given. */
final class Neurons {
    /** {@code 2 sqrt(2 / pi)}: the tanh form of GELU is {@code x * sigmoid(this * (x + 0.044715 x^3))}. */
    private static final double TANH_GELU_SLOPE = 2 * Math.sqrt(2 / Math.PI);

    private static final double TANH_GELU_CUBIC = 0.044715 * TANH_GELU_SLOPE;
    private static final double QUICK_GELU_SLOPE = 1.702;

    private Neurons() {}

    static NDArray apply(ActivationFunction function, NDArray x) {
        return switch (function) {
            case GELU -> Activation.gelu(x);
            case GELU_NEW, GELU_PYTORCH_TANH -> tanhGelu(x);
            case SILU -> Activation.sigmoid(x).muli(x);
            case RELU -> Activation.relu(x);
            case QUICK_GELU -> Activation.sigmoid(x.mul(QUICK_GELU_SLOPE)).muli(x);
        };
    }

    /** {@code 0.5 (1 + tanh(u))} is {@code sigmoid(2 u)}: fewer passes over memory, and exact in the tails. */
    private static NDArray tanhGelu(NDArray x) {
        NDArray twice = x.square().muli(TANH_GELU_CUBIC).addi(TANH_GELU_SLOPE).muli(x);
        return Activation.sigmoid(twice).muli(x);
    }
}
