package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Direction;
import java.util.List;

/**
 * What {@link FindConceptNeurons} found. Every AUROC is from texts that had no part in the choice.
 *
 * @param best           the neuron that was chosen
 * @param direction      which way it responds to the concept
 * @param heldOut        AUROC of the chosen neuron towards its direction
 * @param averagePrecision its average precision towards its direction
 * @param pValue         of the best among all neurons, on the texts that chose it
 * @param shuffled       the same AUROC where labels mean nothing, mean over shuffles
 * @param shuffledChosen AUROC of such a neuron on the texts that chose it: what a search without held-out texts would report
 * @param searched       number of neurons searched
 * @param significant    number of neurons with a false discovery rate of at most 0.05
 * @param first          the first neurons of the search, to be handed on to other steps
 * @param company        what several neurons and a direction reach on the same texts
 * @param neurons        the first neurons of the search, with what they reach
 * @param tokens         the texts that the best neuron responds to most, token by token
 * @param texts          texts of the report half with the response of the best neuron
 * @param figure         its responses by label
 * @param warnings       what a reader should know
 */
public record ConceptNeurons(
        @Description("The chosen neuron.") Neuron best,
        @Description("Which way it responds to true texts.") Direction direction,

        @Headline("AUROC of the best neuron on other texts")
        @Description(
                "Probability that the neuron puts a true text on its side of a false one, on texts that did not choose it.")
        Estimate heldOut,

        @Description("Average precision of the best neuron on texts that did not choose it.")
        Estimate averagePrecision,

        @Headline("p of the best of all neurons")
        @Description(
                "Share of label permutations under which the best of all neurons is as good; on the texts that chose.")
        double pValue,

        @Headline("AUROC with shuffled labels")
        @Description("AUROC on other texts of a neuron chosen with shuffled labels; 0.5 is expected.")
        double shuffled,

        @Description("AUROC of such a neuron on the very texts that chose it.")
        double shuffledChosen,

        @Description("Number of neurons searched.") int searched,

        @Description("Number of neurons with a false discovery rate of at most 0.05.")
        int significant,

        @Description("The first neurons of the search, best first, for other steps.")
        List<Neuron> first,

        @Description("What several neurons and a direction reach: a neuron is a detector, not the representation.")
        Company company,

        @Description("The first neurons of the search, best first.")
        Table neurons,

        @Description("Texts that the best neuron responds to most, token by token.")
        Table tokens,

        @Description("Texts that did not choose, with the response of the best neuron.")
        Table texts,

        @Description("Responses of the best neuron by label.")
        Figure figure,

        @Description("What a reader should know.") List<String> warnings) {

    /**
     * What else tells the same texts apart, chosen on the same half and reported on the other.
     *
     * @param neurons   number of neurons that are weighed together
     * @param several   AUROC of a logistic detector on them
     * @param direction AUROC of a direction of sentence vectors
     */
    public record Company(
            @Description("Number of neurons weighed together.")
            int neurons,

            @Description("AUROC of a detector on these neurons.")
            Estimate several,

            @Description("AUROC of a direction of sentence vectors.")
            Estimate direction) {}

    /** Returns the same with the responses to single tokens, for which the model is asked again. */
    ConceptNeurons with(Table responses) {
        return new ConceptNeurons(
                best,
                direction,
                heldOut,
                averagePrecision,
                pValue,
                shuffled,
                shuffledChosen,
                searched,
                significant,
                first,
                company,
                neurons,
                responses,
                texts,
                figure,
                warnings);
    }
}
