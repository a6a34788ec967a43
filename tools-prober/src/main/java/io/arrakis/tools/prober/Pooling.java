package io.arrakis.tools.prober;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.operation.Description;

/** How the responses at the tokens of a text become one number. Special tokens and padding never count. */
public enum Pooling {
    /** The largest. */
    @Description("the largest over the tokens of the text")
    MAX(Rows.MAX),
    /** The mean. */
    @Description("the mean over the tokens of the text")
    MEAN(Rows.MEAN),
    /** The last. */
    @Description("that of the last token of the text")
    LAST(Rows.LAST),
    /** The mean over the marked part. */
    @Description("the mean over the part of the text that the fields start and end mark")
    SPAN(Rows.SPAN);

    private final Rows rows;

    Pooling(Rows rows) {
        this.rows = rows;
    }

    Rows rows() {
        return rows;
    }
}
