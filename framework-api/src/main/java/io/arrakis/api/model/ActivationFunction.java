package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The function between the two projections of an MLP. The forms of GELU are kept apart: they differ by up to 5e-4, which
 * is above the noise of float32.
 */
@Stable
public enum ActivationFunction {
    /** {@code x * Phi(x)}, with the error function. */
    GELU("gelu"),
    /** Tanh approximation of GELU as GPT-2 has it. */
    GELU_NEW("gelu_new"),
    /** Tanh approximation of GELU as PyTorch has it; the same formula as {@link #GELU_NEW}. */
    GELU_PYTORCH_TANH("gelu_pytorch_tanh"),
    /** {@code x * sigmoid(x)}. */
    SILU("silu"),
    /** {@code max(x, 0)}. */
    RELU("relu"),
    /** {@code x * sigmoid(1.702 x)}. */
    QUICK_GELU("quick_gelu");

    private final String id;

    ActivationFunction(String id) {
        this.id = id;
    }

    /** The name that configurations use. */
    public String id() {
        return id;
    }

    /** The function of this name, or empty if there is none. */
    public static Optional<ActivationFunction> named(String id) {
        return Stream.of(values()).filter(f -> f.id.equals(id)).findFirst();
    }
}
