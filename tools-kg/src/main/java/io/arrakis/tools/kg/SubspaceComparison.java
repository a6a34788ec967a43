package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * How far the subspaces of heads are apart.
 *
 * @param overlap  mean squared cosine of the principal angles, mean over pairs of heads and both sides
 * @param byChance what it is for random subspaces of the same size
 * @param heads    a row for each pair of heads
 * @param overlaps all overlaps as a picture
 * @param warnings what a reader should know
 */
public record SubspaceComparison(
        @Headline("overlap of the heads' subspaces")
        @Description("Mean squared cosine of the principal angles, mean over pairs of heads and both sides.")
        double overlap,

        @Headline("the same of random subspaces") @Description("What it is for random subspaces of the same size.")
        double byChance,

        @Description("A row for each pair of heads.") Table heads,
        @Description("All overlaps as a picture.") Figure overlaps,
        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public SubspaceComparison {
        warnings = List.copyOf(warnings);
    }
}
