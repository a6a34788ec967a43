package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.MayBeUndefined;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * How heads relate words inside sentences.
 *
 * @param best      AUROC of the related word among the tokens of its sentence, for the head that is best on the other half of the words
 * @param head      that head and its direction
 * @param sentences how many pairs were found in their sentences
 * @param leftOut   how many were not
 * @param heads     a row for each head and direction
 * @param warnings  what a reader should know
 */
public record SentenceRelations(
        @Headline("AUROC of the related word in its sentence, best head")
        @MayBeUndefined
        @Description(
                "AUROC of the related word among the tokens of its sentence, for the head that is best on the other half.")
        Estimate best,

        @Description("That head and its direction.") String head,

        @Description("How many pairs were found in their sentences.")
        int sentences,

        @Description("How many were not.") int leftOut,
        @Description("A row for each head and direction.") Table heads,
        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the list. */
    public SentenceRelations {
        warnings = List.copyOf(warnings);
    }
}
