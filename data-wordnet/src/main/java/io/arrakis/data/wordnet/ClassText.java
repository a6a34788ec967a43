package io.arrakis.data.wordnet;

import io.arrakis.api.operation.Description;

/** What stands for a noun as the text of its row. */
public enum ClassText {
    /** Its definition. */
    @Description("The definition.")
    DEFINITION,
    /** Its first lemma in lower case, of one word or several; nouns that have names only are left out. */
    @Description("The first lemma in lower case, of one word or several.")
    LEMMA
}
