package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * What {@link EvaluateRelations} found.
 *
 * @param types      macro-F1 of saying which relation a pair stands in, from the scores of all heads
 * @param bestHead   AUROC of related against deranged pairs, the best head of each relation, mean over relations
 * @param plain      the same of the plain cosine of the vectors that the first block reads
 * @param words      number of words
 * @param pairs      number of pairs
 * @param evaluation a row for each figure
 * @param confusion  which relation was taken for which
 * @param sentence   what the numbers say, in a sentence
 * @param warnings   what a reader should know
 */
public record RelationEvaluation(
        @Headline("macro-F1 of the relation, from the heads' scores")
        @Description("Macro-F1 of saying which relation a pair stands in, from the scores of all heads.")
        Estimate types,

        @Headline("AUROC of related pairs, best head")
        @Description("AUROC of related against deranged pairs, the best head of each relation, mean over relations.")
        double bestHead,

        @Headline("the same of the plain cosine")
        @Description("AUROC of the plain cosine of the vectors that the first block reads, mean over relations.")
        double plain,

        @Description("Number of words.") int words,
        @Description("Number of pairs.") int pairs,
        @Description("The figures.") Evaluation evaluation,

        @Description("Which relation was taken for which, on held-out words.")
        Table confusion,

        @Description("What the numbers say.") String sentence,
        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public RelationEvaluation {
        warnings = List.copyOf(warnings);
    }
}
