package io.arrakis.tools.lens;

import io.arrakis.api.activation.TokenRows;
import java.util.OptionalInt;

/** Finds the token that follows a place of a text. */
final class NextToken {

    private NextToken() {}

    /** Returns its id; nothing at the last place of a text. */
    static OptionalInt after(TokenRows rows, int row) {
        boolean more = row + 1 < rows.count() && rows.example(row + 1) == rows.example(row);
        return more ? OptionalInt.of(rows.tokenId(row + 1)) : OptionalInt.empty();
    }
}
