package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * What {@link NeuronPolysemanticity} found.
 *
 * @param layer     the block
 * @param detecting number of neurons that detect a concept
 * @param several   number of those that detect several
 * @param effective mean effective number of concepts of neurons that detect any; 0 where none does
 * @param neurons   a row for each neuron that detects a concept
 * @param concepts  a row for each concept
 * @param figure    how effective numbers are distributed
 * @param warnings  what a reader should know
 */
public record PolysemanticNeurons(
        @Description("Block of the neurons.") int layer,

        @Headline("neurons that detect a concept")
        @Description("Number of neurons that detect a concept better than the best of all would by chance.")
        int detecting,

        @Headline("of these, several concepts") @Description("Number of neurons that detect two concepts or more.")
        int several,

        @Headline("concepts of a detecting neuron, effective number")
        @Description("Mean over neurons that detect any of exp of the entropy of the excess average precision.")
        double effective,

        @Description("Neurons that detect a concept, most concepts first.")
        Table neurons,

        @Description("How the concepts are detected.") Table concepts,

        @Description("Effective numbers of concepts.") Figure figure,

        @Description("What a reader should know.") List<String> warnings) {}
