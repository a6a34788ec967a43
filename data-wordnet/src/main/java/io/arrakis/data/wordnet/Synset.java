package io.arrakis.data.wordnet;

import java.util.List;

/**
 * A set of words that can mean the same, as a line of a data file has it.
 *
 * @param id                its name
 * @param lexicographerFile number of the file that it was written in, an index of {@link LexicographerFiles}
 * @param words             its words as they are spelled, with {@code _} for the space and without the markers of adjectives
 * @param glossText         definition and examples as they are written
 */
record Synset(SynsetId id, int lexicographerFile, List<String> words, String glossText) {

    /** Returns the words with spaces. */
    List<String> lemmas() {
        return words.stream().map(word -> word.replace('_', ' ')).toList();
    }

    /** Returns definition and examples apart. */
    Gloss gloss() {
        return Gloss.parse(glossText);
    }
}
