package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;
import java.util.Optional;

/**
 * What {@link EvaluatePolysemy} found.
 *
 * @param combined   rank correlation of the combined score with the truth
 * @param auroc      how well it tells many senses from one
 * @param compared   number of words that were scored and are known
 * @param evaluation a row for each figure
 * @param words      scores of each word
 * @param warnings   what a reader should know
 */
public record PolysemyEvaluation(
        @Headline("rank correlation of the combined score")
        @Description("Spearman's rho of the combined score and the truth.")
        Optional<Estimate> combined,

        @Headline("AUROC of the combined score, many senses against one")
        @Description("Probability that a word with many senses is scored above a word with one.")
        Optional<Estimate> auroc,

        @Description("Number of words compared.") int compared,
        @Description("The figures.") Evaluation evaluation,
        @Description("Scores of each word.") Table words,
        @Description("What a reader should know.") List<String> warnings) {}
