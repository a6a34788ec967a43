package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;

/** What neurons are held at to see what they do. */
public enum HeldAt {
    /** Their mean over texts without the concept. */
    @Description("the mean response to texts without the concept")
    MEAN,
    /** Nothing. */
    @Description("0, which a neuron may never be on real texts")
    ZERO,
    /** Their response to one text without the concept. */
    @Description("the response to one text without the concept, drawn for each neuron")
    RESAMPLED
}
