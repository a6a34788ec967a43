package io.arrakis.tools.lens;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.operation.Description;

/** At which places of a text something is taken. */
public enum Places {
    /** Every token, special ones too. */
    @Description("Every token, special ones too.")
    EACH(Rows.EACH_WITH_SPECIAL),
    /** The last token of the text's own. */
    @Description("The last token of the text's own.")
    LAST(Rows.LAST);

    private final Rows rows;

    Places(Rows rows) {
        this.rows = rows;
    }

    Rows rows() {
        return rows;
    }
}
