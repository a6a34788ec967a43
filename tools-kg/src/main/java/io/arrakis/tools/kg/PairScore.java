package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;

/** How similar a query side and a key side are. */
public enum PairScore {
    /** Cosine of the coordinates. */
    @Description("Cosine of the coordinates in the subspace.")
    COSINE,
    /** The score's bilinear form, by the kept components. */
    @Description("The bilinear form of the head, by the kept components.")
    BILINEAR,
    /** The attention score itself, by the kept components. */
    @Description(
            "The attention score by the kept components, of vectors that are not centred, biases and scale with it.")
    LOGIT
}
