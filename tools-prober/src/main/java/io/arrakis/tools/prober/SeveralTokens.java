package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;

/** What becomes of words that the model reads as several tokens. */
public enum SeveralTokens {
    /** They are not scored and are nobody's neighbours. */
    @Description("they are left out")
    SKIP,
    /** They have the mean vector of their tokens. */
    @Description("the mean over their tokens stands for them")
    MEAN,
    /** They have the vector of their first token. */
    @Description("their first token stands for them")
    FIRST
}
