package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * What {@link NeuronEffect} found.
 *
 * @param neurons   the neurons that were held
 * @param unchanged mean of what was measured, nothing changed
 * @param drop      how much of it is lost, mean over texts
 * @param pRandom   share of draws of random neurons that lose as much
 * @param pMatched  share of draws of neurons that respond as much that lose as much
 * @param doses     the drop at each dose
 * @param others    the drop with each draw of other neurons
 * @param figure    the drop by dose
 * @param warnings  what a reader should know
 */
public record NeuronEffects(
        @Description("The neurons that were held.") List<Neuron> neurons,

        @Description("What was measured with nothing changed, mean over texts.")
        double unchanged,

        @Headline("what is lost when the neurons are held")
        @Description("Drop of what was measured, mean over texts that did not choose.")
        Estimate drop,

        @Headline("p against random neurons of the same layers")
        @Description("Share of draws of as many random neurons of the same layers that lose at least as much.")
        double pRandom,

        @Headline("p against neurons that respond as much")
        @Description(
                "Share of draws of as many neurons of the same layers and of like mean response that lose as much.")
        double pMatched,

        @Description("The drop at each dose.") Table doses,

        @Description("The drop with each draw of other neurons.")
        Table others,

        @Description("The drop by dose.") Figure figure,
        @Description("What a reader should know.") List<String> warnings) {}
