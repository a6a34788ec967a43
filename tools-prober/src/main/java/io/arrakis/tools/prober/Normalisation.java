package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;

/** What is done to vectors before their cosine is taken. */
public enum Normalisation {
    /** Nothing. */
    @Description("raw vectors; a single large dimension can rule the cosine")
    NONE,
    /** The mean over all tokens of the corpus is subtracted. */
    @Description("minus the mean over all tokens")
    CENTRE,
    /** The mean is subtracted and each dimension divided by its standard deviation. */
    @Description("minus the mean, each dimension over its standard deviation")
    Z_SCORE
}
