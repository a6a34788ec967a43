package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What is done to vectors before their cosine is taken.
 *
 * <p>Raw cosines can be ruled by a single dimension whose values are large on every token, so each dimension is measured against
 * its own spread unless something else is asked for.
 *
 * @see "Timkey and van Schijndel 2021, All Bark and No Bite: Rogue Dimensions in Transformer Language Models"
 */
public sealed interface Normalisation {

    /** Mean subtracted, each dimension divided by its standard deviation. */
    @Description("minus the mean over all tokens, each dimension over its standard deviation")
    record ZScore() implements Normalisation {}

    /** Nothing. */
    @Description("raw vectors; a single large dimension can rule the cosine")
    record None() implements Normalisation {}

    /** Mean subtracted. */
    @Description("minus the mean over all tokens")
    record Centre() implements Normalisation {}

    /**
     * Mean subtracted, and the part in the directions of largest variance removed.
     *
     * @param allButTop number of directions
     */
    @Description("minus the mean, without the part in the directions of largest variance")
    record AllButTop(
            @Description("Number of directions that are removed.") @Min(1) @Max(64)
            int allButTop) implements Normalisation {}
}
