package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;

/** Keeps numbers softly within bounds. */
final class SoftCap {
    private SoftCap() {}

    /** {@code c * tanh(x / c)}, or x itself where there is no c. May change x. */
    static NDArray apply(OptionalDouble cap, NDArray x) {
        return cap.isEmpty() ? x : x.divi(cap.getAsDouble()).tanh().muli(cap.getAsDouble());
    }
}
