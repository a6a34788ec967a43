package io.arrakis.data.wordnet;

import java.util.Locale;

/** An option that some kinds of rows read and others do not. */
enum Option {
    PARTS_OF_SPEECH,
    WORDS,
    PER_WORD,
    HALF,
    CLASSES,
    LABEL,
    TEXT,
    RELATIONS;

    /** Returns its key in an experiment. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
