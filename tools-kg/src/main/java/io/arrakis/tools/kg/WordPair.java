package io.arrakis.tools.kg;

import io.arrakis.api.stats.Half;

/**
 * Two words in a relation, by their places in a list of words.
 *
 * @param head     the first word
 * @param tail     the second word
 * @param relation place of the relation
 * @param stratum  what negatives share with it: relation and parts of speech
 * @param half     the half of both words
 */
record WordPair(int head, int tail, int relation, String stratum, Half half) {

    /** Returns the same first word with another second one. */
    WordPair withTail(int other) {
        return new WordPair(head, other, relation, stratum, half);
    }

    /** Returns the pair with its sides exchanged. */
    WordPair turned() {
        int first = tail;
        int second = head;
        return new WordPair(first, second, relation, stratum, half);
    }
}
