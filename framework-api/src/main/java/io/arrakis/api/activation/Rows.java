package io.arrakis.api.activation;

import io.arrakis.api.stability.Stable;

/** Which positions of a text become rows. Padding never does. */
@Stable
public enum Rows {
    /** A row for each token of the text's own, without special tokens. */
    EACH,
    /** A row for each token, special tokens too. */
    EACH_WITH_SPECIAL,
    /** A row for the first position of each text, such as [CLS]. */
    FIRST,
    /** A row for the last token of the text's own. */
    LAST,
    /**
     * A row for each text: the mean over the tokens that touch the marked part. The part is given by the fields {@code start}
     * and {@code end} of the example, Java character indices, the end exclusive. A text where no token does is an error.
     */
    SPAN,
    /** A row for each text: the largest value over the text's own tokens, dimension by dimension. */
    MAX,
    /** A row for each text: the mean over the text's own tokens. */
    MEAN,
    /** A row for each text: the mean over all its tokens, special tokens too; what sentence transformers pool. */
    MEAN_WITH_SPECIAL;

    /** Returns whether each text becomes exactly one row. */
    public boolean onePerText() {
        return this != EACH && this != EACH_WITH_SPECIAL;
    }

    /** Returns whether these rows say by themselves which positions of a text they are made of. */
    public boolean choosesPositions() {
        return this == FIRST || this == LAST || this == SPAN;
    }
}
