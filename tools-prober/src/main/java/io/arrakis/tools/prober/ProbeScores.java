package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;
import java.util.Optional;

/**
 * What {@link KnowledgeProbe} found.
 *
 * @param neuron           the neuron
 * @param auroc            probability that a true text has the larger response
 * @param averagePrecision mean precision at the true texts
 * @param trueScores       response to each true text
 * @param falseScores      response to each false text
 * @param pairs            true minus false over pairs, where pairs were given
 * @param texts            a row for each text
 * @param figure           responses by label
 * @param warnings         what a reader should know
 */
public record ProbeScores(
        @Description("The neuron.") Neuron neuron,

        @Headline("AUROC, true against false texts")
        @Description(
                "Probability that a true text has the larger response; 0.5 is chance, below it the neuron responds to"
                        + " false texts.")
        Estimate auroc,

        @Headline("average precision") @Description("Mean precision at the true texts, largest responses first.")
        Estimate averagePrecision,

        @Description("Response to each true text.") List<Double> trueScores,
        @Description("Response to each false text.") List<Double> falseScores,

        @Description("True minus false response over pairs.")
        Optional<PairDifference> pairs,

        @Description("Response to each text, largest first.")
        Table texts,

        @Description("Responses by label.") Figure figure,
        @Description("What a reader should know.") List<String> warnings) {}
