package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.MayBeUndefined;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * Related pairs of tokens, a type for each head.
 *
 * @param tokens                 number of tokens
 * @param tried                  number of ordered pairs that were looked at in each head
 * @param falsePositiveRate      share of random pairs that count as related, mean over heads
 * @param related                number of related ordered pairs, over all heads
 * @param relatedShare           their share of the pairs that were looked at, mean over heads
 * @param plainFalsePositiveRate share of random pairs that the plain cosine counts as related
 * @param plainRelatedShare      share of these pairs that the plain cosine counts as related
 * @param pairs                  the pairs that were kept
 * @param types                  a row for each head: threshold, measured false-positive rate, what it relates and what leads it
 * @param categories             a row for each component of each head: the tokens that lead it as query and as key
 * @param graph                  tokens, and an edge for each kept pair
 * @param rates                  the false-positive rates as a picture
 * @param warnings               what a reader should know
 */
public record RelationTypes(
        @Description("Number of tokens.") int tokens,

        @Description("Number of ordered pairs that were looked at in each head.")
        long tried,

        @Headline("share of random pairs called related")
        @Description("Share of random pairs that count as related, mean over heads.")
        double falsePositiveRate,

        @Description("Number of related ordered pairs, over all heads.")
        long related,

        @Headline("share of these pairs called related")
        @Description("Their share of the pairs that were looked at, mean over heads.")
        double relatedShare,

        @MayBeUndefined @Description("Share of random pairs that the plain cosine counts as related.")
        double plainFalsePositiveRate,

        @MayBeUndefined @Description("Share of these pairs that the plain cosine counts as related.")
        double plainRelatedShare,

        @Description("The pairs that were kept.") Table pairs,

        @Description("A row for each head: threshold, measured false-positive rate, what it relates and what leads it.")
        Table types,

        @Description("A row for each component of each head: the tokens that lead it as query and as key.")
        Table categories,

        @Description("Tokens, and an edge for each kept pair.")
        Graph graph,

        @Description("The false-positive rates as a picture.")
        Figure rates,

        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public RelationTypes {
        warnings = List.copyOf(warnings);
    }
}
