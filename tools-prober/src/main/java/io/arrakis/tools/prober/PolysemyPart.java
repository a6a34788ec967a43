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
    COMBINED
}
