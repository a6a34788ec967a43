package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * What {@link NeuronCrowding} found.
 *
 * @param layer   the block
 * @param mean    mean over its neurons
 * @param median  median over its neurons
 * @param neurons a row for each neuron, most scattered first
 * @param figure  how the values are distributed
 * @param warnings what a reader should know
 */
public record CrowdingScores(
        @Description("Block.") int layer,

        @Headline("mean scatter around a neuron") @Description("Mean over the neurons of the block that have one.")
        double mean,

        @Description("Median over the neurons of the block that have one.")
        double median,

        @Description("A row for each neuron, most scattered first.")
        Table neurons,

        @Description("How the values are distributed.") Figure figure,
        @Description("What a reader should know.") List<String> warnings) {}
