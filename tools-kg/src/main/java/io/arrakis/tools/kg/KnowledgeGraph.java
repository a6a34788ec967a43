package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * Related tokens as a graph to walk in.
 *
 * @param nodes       number of tokens with an edge
 * @param edges       number of ordered pairs that are kept
 * @param communities number of groups of tokens
 * @param modularity  how much denser the groups are than by chance, -0.5 to 1
 * @param graph       tokens and kept pairs, one edge for each ordered pair
 * @param tokens      a row for each token: its group and how central it is
 * @param pairs       a row for each kept pair
 * @param warnings    what a reader should know
 */
public record KnowledgeGraph(
        @Description("Number of tokens with an edge.") int nodes,

        @Headline("related ordered pairs") @Description("Number of ordered pairs that are kept.")
        int edges,

        @Description("Number of groups of tokens.") int communities,

        @Headline("modularity of the groups") @Description("How much denser the groups are than by chance.")
        double modularity,

        @Description("Tokens and kept pairs, one edge for each ordered pair.")
        Graph graph,

        @Description("The group of each token and how central it is.")
        Table tokens,

        @Description("The kept pairs.") Table pairs,
        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public KnowledgeGraph {
        warnings = List.copyOf(warnings);
    }
}
