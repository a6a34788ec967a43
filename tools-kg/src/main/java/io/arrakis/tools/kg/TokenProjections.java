package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import java.util.List;

/**
 * Where tokens lie in relational subspaces.
 *
 * @param query    coordinates on the query side, {@code [subspace, token, component]}
 * @param key      coordinates on the key side
 * @param tokens   the tokens, in the order of the second axis
 * @param shown    coordinates in the subspace that the picture shows
 * @param picture  two directions of one subspace
 * @param warnings what a reader should know
 */
public record TokenProjections(
        @Description("Coordinates on the query side, [subspace, token, component].")
        Tensor query,

        @Description("Coordinates on the key side.") Tensor key,

        @Description("The tokens, in the order of the second axis.")
        Table tokens,

        @Description("Coordinates in the subspace that the picture shows.")
        Table shown,

        @Description("Two directions of one subspace.") Figure picture,

        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public TokenProjections {
        warnings = List.copyOf(warnings);
    }
}
