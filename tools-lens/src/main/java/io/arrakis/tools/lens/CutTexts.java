package io.arrakis.tools.lens;

import java.util.List;

/** Says how many texts of a step were longer than what the model reads. */
final class CutTexts {

    private CutTexts() {}

    /** Adds a warning if there are such texts. */
    static void warn(int cut, List<String> warnings) {
        if (cut > 0) {
            warnings.add(cut + " texts were cut because they were too long");
        }
    }
}
