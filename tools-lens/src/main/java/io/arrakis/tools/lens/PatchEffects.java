package io.arrakis.tools.lens;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;
import java.util.Optional;

/**
 * What {@link ActivationPatching} found. An effect is the share of the way from the run that is patched to the run that the
 * patch comes from: 0 where the patch changes nothing, 1 where it makes the output that of the other run; it may lie outside.
 *
 * @param best        effect of the site with the largest
 * @param otherPair   effect there of activations of another pair, over the pairs that measure the best
 * @param bestSite    the site, for people
 * @param heldOut     whether the site was chosen on other pairs than its effect was measured on
 * @param largestSlip how far the outputs of a run that nothing was patched in are from its own, and those of one that everything
 *                    was patched in from the other's, at any position, in the units of the outputs
 * @param effects     a row for each site
 * @param pairs       a row for each pair
 * @param figure      effects by block and by position or head
 * @param warnings    what a reader should know
 */
public record PatchEffects(
        @Headline("effect of the best site")
        @Description("Share of the way to the other run that the best site alone makes up for.")
        Estimate best,

        @Headline("the same with activations of another pair")
        @Description(
                "Effect at the same site of activations that belong to another pair; absent where there is none as long.")
        Optional<Estimate> otherPair,

        @Description("The best site.") String bestSite,

        @Description("Whether the site was chosen on other pairs than its effect was measured on.")
        boolean heldOut,

        @Description(
                "Largest difference of the outputs where they must not differ: nothing patched, everything patched.")
        double largestSlip,

        @Description("Effect of each site, with its interval over pairs.")
        Table effects,

        @Description("The pairs.") Table pairs,
        @Description("Effects.") Figure figure,
        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public PatchEffects {
        warnings = List.copyOf(warnings);
    }
}
