package io.arrakis.tools.lens;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;
import java.util.Optional;

/**
 * What {@link AttentionPatterns} found.
 *
 * @param induction      induction score of the best head, on sequences that did not choose it
 * @param previousToken  the same for attention on the token before
 * @param duplicateToken the same for attention on the same token elsewhere
 * @param firstToken     the same for attention on the first position
 * @param best           the best head of each score
 * @param heads          a row for each head
 * @param onTexts        the same over the texts
 * @param previousFigure a cell for each head
 * @param duplicateFigure a cell for each head
 * @param inductionFigure a cell for each head
 * @param firstFigure    a cell for each head
 * @param pattern        attention of the strongest induction head over one sequence
 * @param warnings       what a reader should know
 */
public record HeadScores(
        @Headline("induction, best head")
        @Description("Attention of the best head on the token that followed the same token before.")
        Estimate induction,

        @Headline("previous token, best head") @Description("Attention of the best head on the token just before.")
        Estimate previousToken,

        @Headline("duplicate token, best head")
        @Description("Attention of the best head on the same token at another place.")
        Estimate duplicateToken,

        @Headline("first token, best head") @Description("Attention of the best head on the first position.")
        Estimate firstToken,

        @Description("The best head of each score: chosen on every second sequence, measured on the others.")
        Table best,

        @Description("Mean scores of each head on random words that stand twice in a row.")
        Table heads,

        @Description("Mean scores of each head on the texts.")
        Optional<Table> onTexts,

        @Description("Previous token.") Figure previousFigure,
        @Description("Duplicate token.") Figure duplicateFigure,
        @Description("Induction.") Figure inductionFigure,
        @Description("First token.") Figure firstFigure,
        @Description("One pattern.") Figure pattern,
        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public HeadScores {
        warnings = List.copyOf(warnings);
    }
}
