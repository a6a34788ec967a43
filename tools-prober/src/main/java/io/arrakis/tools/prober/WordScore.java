package io.arrakis.tools.prober;

/**
 * What was measured of one word.
 *
 * @param word        as the tokenizer has it
 * @param occurrences number of texts with the word
 * @param self        1 minus the mean cosine of its occurrences
 * @param deviation   standard deviation of {@code self} over the draws
 * @param neighbours  1 minus the mean Jaccard index of its occurrences' sets of neighbour types
 * @param spread      number of different types among all neighbours
 */
record WordScore(String word, int occurrences, double self, double deviation, double neighbours, int spread) {}
