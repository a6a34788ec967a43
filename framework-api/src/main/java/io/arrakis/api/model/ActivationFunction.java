package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.Normal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The function between the two projections of an MLP. The forms of GELU are kept apart: they differ by up to 5e-4, which
 * is above the noise of float32.
 */
@Stable
public enum ActivationFunction {
    /** {@code x * Phi(x)}, with the error function. */
    GELU("gelu", "gelu_python"),
    /** Tanh approximation of GELU as GPT-2 has it. */
    GELU_NEW("gelu_new", "gelu_fast", "gelu_accurate"),
    /** Tanh approximation of GELU as PyTorch has it; the same formula as {@link #GELU_NEW}. */
    GELU_PYTORCH_TANH("gelu_pytorch_tanh", "gelu_python_tanh"),
    /** {@code x * sigmoid(x)}. */
    SILU("silu", "swish"),
    /** {@code max(x, 0)}. */
    RELU("relu"),
    /** {@code x * sigmoid(1.702 x)}. */
    QUICK_GELU("quick_gelu");

    private static final double ROOT_TWO_BY_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;
    private static final double QUICK = 1.702;

    private final String id;
    private final List<String> otherNames;

    ActivationFunction(String id, String... otherNames) {
        this.id = id;
        this.otherNames = List.of(otherNames);
    }

    /** The name that configurations use. */
    public String id() {
        return id;
    }

    /**
     * The value of the function, in float64.
     *
     * <p>For tools that apply a part of a model to numbers of their own; the forward pass has kernels for whole tensors.
     */
    public double apply(double x) {
        return switch (this) {
            case GELU -> x * Normal.cdf(x);
            case GELU_NEW, GELU_PYTORCH_TANH -> 0.5 * x * (1 + Math.tanh(ROOT_TWO_BY_PI * (x + CUBIC * x * x * x)));
            case SILU -> x * sigmoid(x);
            case RELU -> Math.max(x, 0);
            case QUICK_GELU -> x * sigmoid(QUICK * x);
        };
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The function of this name or of another that means the same formula, or empty if there is none. */
    public static Optional<ActivationFunction> named(String id) {
        return Stream.of(values())
                .filter(f -> f.id.equals(id) || f.otherNames.contains(id))
                .findFirst();
    }
}
