package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link PolysemanticScore} found.
 *
 * @param layer       the residual layer
 * @param scoredBy    what the words are scored by
 * @param scored      number of scored words
 * @param rho         rank correlation of the score with the truth
 * @param partialRho  the same given the number of occurrences
 * @param controlledRho the same given the control fields too
 * @param auroc       how well words with many senses are told from words with one
 * @param agreement   the same for each part
 * @param permuted    what number and frequency of the neighbours alone would give
 * @param senses      whether the nearest occurrence of a word has the same sense
 * @param words       a row for each scored word, most polysemous first
 * @param tooRare     words that occur too seldom to be scored
 * @param occurrences some occurrences of each word with their nearest neighbours
 * @param hubness     skewness of how often an occurrence is a neighbour
 * @param recall      share of the true neighbours that was found, where a graph was walked
 * @param figure      score against truth, or the most polysemous words
 * @param warnings    what a reader should know
 */
public record PolysemyScores(
        @Description("Residual layer.") int layer,
        @Description("What the score is.") PolysemyPart scoredBy,

        @Headline("words scored") @Description("Number of scored words.")
        int scored,

        @Headline("rank correlation with the truth")
        @Description("Spearman's rho of the score and the truth, over words.")
        Optional<Estimate> rho,

        @Headline("rank correlation given frequency")
        @Description("Partial Spearman's rho of the score and the truth given the number of occurrences.")
        Optional<Estimate> partialRho,

        @Headline("rank correlation given frequency and control fields")
        @Description("The same given the control fields of the truth too; none without any.")
        Optional<Estimate> controlledRho,

        @Headline("AUROC, many senses against one")
        @Description("Probability that a word with many senses is scored above a word with one; 0.5 is chance.")
        Optional<Estimate> auroc,

        @Description("Agreement of each part of the score with the truth.")
        Map<String, Agreement> agreement,

        @Description("Control: the score `neighbours` where words are permuted within tenths of equal frequency.")
        PermutedNeighbours permuted,

        @Description("Whether vectors tell senses apart, where the texts have the fields synset and lemmas.")
        Optional<SenseAccuracy> senses,

        @Description("Scored words, most polysemous first.") Table words,

        @Description("Words that occur too seldom to be scored.")
        Table tooRare,

        @Description("Some occurrences of each word and the words nearest to them in other texts.")
        Table occurrences,

        @Description("Skewness of the number of times that an occurrence is a neighbour of others.")
        double hubness,

        @Headline("share of the nearest neighbours that the graph finds")
        @Description(
                "Recall of the graph against exact search, over some 200 occurrences; none where search was exact.")
        Optional<Estimate> recall,

        @Description("The scores.") Figure figure,
        @Description("What a reader should know.") List<String> warnings) {}
