package io.arrakis.data.wordnet;

import java.util.Locale;

/** A part of speech as WordNet files it, in the order of the corpus. */
public enum PartOfSpeech {
    /** Nouns. */
    NOUN("noun", 'n'),
    /** Verbs. */
    VERB("verb", 'v'),
    /** Adjectives, satellites of clusters among them. */
    ADJECTIVE("adj", 'a'),
    /** Adverbs. */
    ADVERB("adv", 'r');

    private final String file;
    private final char letter;

    PartOfSpeech(String file, char letter) {
        this.file = file;
        this.letter = letter;
    }

    /** Returns its name in a row. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what its files are called: {@code data.noun}, {@code noun.exc}. */
    String file() {
        return file;
    }

    /** Returns the letter that stands before the offset in the name of a synset. */
    char letter() {
        return letter;
    }

    /** Returns the part of speech that a pointer of the data files names. */
    static PartOfSpeech ofLetter(char letter) {
        return switch (letter) {
            case 'n' -> NOUN;
            case 'v' -> VERB;
            case 'a', 's' -> ADJECTIVE;
            case 'r' -> ADVERB;
            default -> throw new IllegalArgumentException("no part of speech has the letter '" + letter + "'");
        };
    }
}
