package io.arrakis.runtime.spec;

import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import java.util.Optional;

/**
 * Changed inputs on which steps are run once more, to be read beside the results.
 *
 * @param randomModel the same model with random weights
 * @param layer_0     the same step at layer 0, before any block has worked; spelled as it is written, since no camel case
 *                    name gives it
 */
@Description("Changed inputs on which steps are run once more, beside the results.")
public record Controls(
        @Description("The same model with random weights.") Optional<RandomModel> randomModel,

        @Description("The same step at layer 0, before any block has worked.") @DefaultValue("false")
        boolean layer_0) {

    /** No controls. */
    public static final Controls NONE = new Controls(Optional.empty(), false);

    /**
     * Random weights.
     *
     * @param seed decides every weight
     */
    public record RandomModel(
            @Description("Decides every weight.") @DefaultValue("1")
            long seed) {}
}
