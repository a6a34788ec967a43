package io.arrakis.data.wordnet;

/**
 * An edge from a synset, or from one of its words, to another.
 *
 * @param type   what it says
 * @param target the synset that it leads to
 * @param from   number of the word that it starts at, from 1; 0 for the whole synset
 * @param to     number of the word that it leads to, from 1; 0 for the whole synset
 */
record Pointer(PointerType type, SynsetId target, int from, int to) {}
