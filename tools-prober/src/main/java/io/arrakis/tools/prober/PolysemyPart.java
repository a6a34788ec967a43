package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;

/** What a word is scored by. Larger is more polysemous, always. */
public enum PolysemyPart {
    /** How unlike its occurrences are. */
    @Description("1 minus the mean cosine of the word's occurrences")
    SELF,
    /** How unlike the neighbourhoods of its occurrences are. */
    @Description("1 minus the mean Jaccard index of the sets of words near the word's occurrences")
    NEIGHBOURS,
    /** How many words its occurrences have near them. */
    @Description("number of different words near equally many occurrences")
    SPREAD,
    /** How scattered the words around its embedding are; needs no text. */
    @Description("scatter of the words around the word's embedding; reads no text")
    STATIC,
    /** Ranks of the others, added up. */
    @Description("rank of self plus half the ranks of spread and static, as a share of the largest sum")
    COMBINED,
    /** How far its occurrences lie apart where the layer varies most. */
    @Description("variance of the word's occurrences in the 50 directions in which the layer varies most")
    DISPERSION,
    /** How unlike its occurrences are once the mean of each text is subtracted. */
    @Description("1 minus the mean cosine of the word's occurrences, the mean of the text of each subtracted")
    SELF_IN_TEXT,
    /** How scattered the words around its embedding are, of words that are spelled alike the nearest alone. */
    @Description("as static, over the 50 nearest words no two of which are spelled alike")
    STATIC_DISTINCT,
    /** Ranks of what was found better on words that no figure is reported on. */
    @Description("rank of dispersion plus half the ranks of spread, self_in_text and static_distinct, as a share of the"
            + " largest sum")
    REFINED;

    /** Returns the largest value that a word can have; the least is 0. */
    double largest() {
        return switch (this) {
            case SELF, SELF_IN_TEXT -> 2;
            case NEIGHBOURS, COMBINED, REFINED -> 1;
            case SPREAD, STATIC, DISPERSION, STATIC_DISTINCT -> Double.POSITIVE_INFINITY;
        };
    }
}
