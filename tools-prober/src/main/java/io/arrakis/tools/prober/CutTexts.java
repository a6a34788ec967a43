package io.arrakis.tools.prober;

import java.util.List;

/** Says how many texts of a step were longer than what the model reads. */
final class CutTexts {

    private static final String SAID = " texts were cut because they were too long";

    private CutTexts() {}

    /** Adds a warning if there are such texts. */
    static void warn(int cut, List<String> warnings) {
        if (cut > 0) {
            warnings.add(cut + SAID);
        }
    }

    /** Whether a warning is one of these. */
    static boolean isSaidBy(String warning) {
        return warning.endsWith(SAID);
    }
}
