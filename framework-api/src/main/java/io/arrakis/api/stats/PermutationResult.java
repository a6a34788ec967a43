package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/**
 * The outcome of a permutation test.
 *
 * @param observed     the statistic on the sample as it is
 * @param pValue       above 0 and at most 1; with B random permutations never below 1/(B + 1)
 * @param permutations how many permutations the observed value was held against, itself not counted where they were random
 * @param exact        whether these were all permutations there are, each once
 */
@Stable
public record PermutationResult(double observed, double pValue, int permutations, boolean exact) {}
