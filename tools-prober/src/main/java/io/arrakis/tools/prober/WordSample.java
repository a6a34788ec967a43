package io.arrakis.tools.prober;

/**
 * The occurrences of a word that are looked at.
 *
 * @param word        number of the word
 * @param name        the word
 * @param occurrences number of texts with the word
 * @param pool        rows that are looked at
 * @param draws       draws of equally many, as places in the pool
 */
record WordSample(int word, String name, int occurrences, int[] pool, int[][] draws) {}
