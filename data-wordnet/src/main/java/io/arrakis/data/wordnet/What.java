package io.arrakis.data.wordnet;

import io.arrakis.api.operation.Description;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the rows of the data set are. */
public enum What {
    /** The example sentences of all synsets: 48,454. */
    @Description("Example sentences of the synsets, as contexts of words.")
    EXAMPLES(Option.PARTS_OF_SPEECH, Option.WORDS, Option.PER_WORD),
    /** The definitions of all synsets: 117,791. */
    @Description("Definitions of the synsets.")
    DEFINITIONS(Option.PARTS_OF_SPEECH, Option.WORDS, Option.HALF),
    /** The words whose polysemy can be asked for, with their numbers of senses. */
    @Description("Words with the number of their senses, no names and no inflected forms.")
    WORDS(Option.PARTS_OF_SPEECH, Option.WORDS, Option.HALF),
    /** Nouns of a kind and twice as many others. */
    @Description("Definitions or lemmas of the members of noun classes (label true) and of other nouns (label false).")
    CLASSES(Option.CLASSES, Option.HALF, Option.LABEL, Option.TEXT),
    /** Pairs of words that stand in a relation. */
    @Description("Ordered pairs of words that stand in one relation.")
    PAIRS(Option.PARTS_OF_SPEECH, Option.WORDS, Option.PER_WORD, Option.HALF, Option.RELATIONS);

    private final Set<Option> options;

    What(Option first, Option... others) {
        this.options = EnumSet.of(first, others);
    }

    /** Returns the options that it reads. */
    Set<Option> options() {
        return options;
    }

    /** Returns its name in an experiment. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
