package io.arrakis.data.wordnet;

import io.arrakis.api.operation.Description;
import java.util.Locale;

/** A relation between two words. */
public enum Relation {
    /** They are words of one synset. */
    @Description("Both words are of one synset.")
    SYNONYM,
    /** They mean opposites. */
    @Description("The words mean opposites.")
    ANTONYM,
    /** The tail is the next more general word. */
    @Description("The tail is what the head is a kind of.")
    HYPERNYM,
    /** The tail is a member, the substance or a part of the head. */
    @Description("The tail is a member, a part or the substance of the head.")
    MERONYM,
    /** One word is derived from the other. */
    @Description("One word is derived from the other.")
    DERIVATIONAL;

    /** Returns its name in a row. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
