package io.arrakis.tools.lens;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;
import java.util.Optional;

/**
 * What {@link ResidualDecomposition} found.
 *
 * @param layer                  the residual layer
 * @param heads                  share of the stream that all heads write
 * @param mlps                   share that all MLPs write
 * @param embedding              share of the token embedding
 * @param score                  mean score that was taken apart
 * @param scoreOf                whose score
 * @param largestDifference      of the sum of the parts from the stream
 * @param largestScoreDifference of the sum of the parts from the model's score
 * @param parts                  a row for each part
 * @param headFigure             a cell for each head
 * @param writerFigure           shares of embeddings, attention and MLPs in the order of the pass
 * @param scoreFigure            the same for what they add to the score
 * @param warnings               what a reader should know
 */
public record ResidualParts(
        @Description("Residual layer.") int layer,

        @Headline("share of the stream from heads") @Description("Share of the stream that all heads write.")
        Estimate heads,

        @Headline("share of the stream from MLPs") @Description("Share of the stream that all MLPs write.")
        Estimate mlps,

        @Headline("share of the stream from the token embedding")
        @Description("Share of the stream that the token embedding writes.")
        Estimate embedding,

        @Headline("score that was taken apart") @Description("Mean over places of the score that was taken apart.")
        Optional<Estimate> score,

        @Description("Whose score was taken apart.") Optional<String> scoreOf,

        @Description("Largest difference of the sum of the parts from the residual stream.")
        double largestDifference,

        @Description("Largest difference of the sum of the parts from the model's score.")
        double largestScoreDifference,

        @Description("Every part, the largest first.") Table parts,
        @Description("Heads; absent at layer 0.") Optional<Figure> headFigure,
        @Description("Shares.") Figure writerFigure,
        @Description("Scores.") Optional<Figure> scoreFigure,
        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public ResidualParts {
        warnings = List.copyOf(warnings);
    }
}
