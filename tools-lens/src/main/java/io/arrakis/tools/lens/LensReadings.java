package io.arrakis.tools.lens;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;
import java.util.Optional;

/**
 * What {@link LogitLens} read.
 *
 * @param agreesFrom        the first layer from which on the likeliest token is the last layer's at half of the places or more
 * @param lastLogProbability mean log probability of the token to be said, last layer
 * @param largestDifference how far the last layer's scores are from the model's own
 * @param layers            a row for each layer
 * @param tokens            the likeliest tokens of each place and layer of the shown texts
 * @param figure            entropy, divergence and surprise by layer
 * @param textFigure        the first text, place by place and layer by layer
 * @param warnings          what a reader should know
 */
public record LensReadings(
        @Headline("first layer that mostly says what the last one says")
        @Description(
                "The first layer from which on the likeliest token is the last layer's at half of the places or more.")
        int agreesFrom,

        @Headline("mean log probability of the token to be said")
        @Description("Of the last layer, in nats: of the next token, or in encoders of the token itself.")
        Optional<Estimate> lastLogProbability,

        @Description("Largest difference of a score of the last layer from the model's own, first text.")
        double largestDifference,

        @Description("What each layer would say, means over places.")
        Table layers,

        @Description("The likeliest tokens at each place of the shown texts.")
        Table tokens,

        @Description("By layer.") Figure figure,
        @Description("The first text.") Figure textFigure,
        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public LensReadings {
        warnings = List.copyOf(warnings);
    }
}
