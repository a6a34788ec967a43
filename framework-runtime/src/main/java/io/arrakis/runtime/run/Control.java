package io.arrakis.runtime.run;

import java.util.Locale;

/** A change of the input under which a step is run again. */
public enum Control {
    /** On a model of the same shape with random weights. */
    RANDOM_MODEL,
    /** At residual layer 0. */
    LAYER_0;

    /** Returns the name in files and experiments, such as {@code random_model}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
