package io.arrakis.api.hook;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.NearestNames;
import java.util.Collection;

/** Finds the known names that a mistyped one is nearest to. */
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    /** The problem of a hook name or pattern that means nothing here. */
    static ArrakisException unknown(String text, Collection<String> known) {
        return new ArrakisException(
                ErrorCode.UNKNOWN_HOOK,
                "hook point '" + text + "'",
                "there is no such hook point",
                "did you mean " + String.join(" or ", NearestNames.of(text, known, SHOWN)) + "?");
    }
}
