package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says how many texts of a corpus stand there more than once: their words lie at the same place each time. */
final class RepeatedTexts {

    private RepeatedTexts() {}

    /** Adds a warning if a text is the same as one before. */
    static void warn(TokenRows rows, List<String> warnings) {
        Set<String> seen = new HashSet<>();
        int repeated = 0;
        String example = "";
        for (int text = 0; text < rows.examples(); text++) {
            if (!seen.add(rows.text(text))) {
                example = repeated == 0 ? rows.exampleId(text) : example;
                repeated++;
            }
        }
        if (repeated > 0) {
            warnings.add(repeated + " texts are the same as one before, the first of them '" + example
                    + "': each counts as an occurrence of its own, so words there seem to mean less");
        }
    }
}
