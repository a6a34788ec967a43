package io.arrakis.data.wordnet;

import io.arrakis.api.operation.Description;

/** What stands for a noun as the text of its row. */
public enum ClassText {
    /** Its definition. */
    @Description("The definition.")
    DEFINITION,
    /** Its first lemma that is one word of the letters a to z; nouns without one are left out. */
    @Description("The first lemma that is one word in lower case.")
    LEMMA
}
