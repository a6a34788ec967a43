package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * What {@link EvaluateNeurons} found. Every AUROC is from texts that had no part in the choice.
 *
 * @param heldOut    AUROC of the best neuron on definitions, mean over concepts
 * @param shuffled   the same where labels mean nothing
 * @param evaluation a row for each figure
 * @param concepts   a row for each concept
 * @param figure     AUROC of each concept
 * @param warnings   what a reader should know
 */
public record NeuronEvaluation(
        @Headline("AUROC of the best neuron on other definitions, mean")
        @Description("AUROC of the best neuron on definitions that did not choose it, mean over concepts.")
        Estimate heldOut,

        @Headline("the same with shuffled labels")
        @Description("AUROC of a neuron chosen with shuffled labels, mean over concepts; 0.5 is expected.")
        Estimate shuffled,

        @Description("The figures.") Evaluation evaluation,
        @Description("A row for each concept.") Table concepts,

        @Description("AUROC of the best neuron of each concept.")
        Figure figure,

        @Description("What a reader should know.") List<String> warnings) {}
