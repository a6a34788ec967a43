package io.arrakis.tools.kg;

/**
 * What one head relates.
 *
 * @param subspace          index of the subspace
 * @param name              such as {@code L2H5}
 * @param threshold         the similarity that was asked for
 * @param falsePositiveRate share of random pairs that reach it
 * @param chance            similarities of random pairs
 * @param found             the pairs
 * @param components        what its components are to them
 */
record TypedPairs(
        int subspace,
        String name,
        double threshold,
        double falsePositiveRate,
        NullPairs.Measured chance,
        PairSearch.Found found,
        HeadComponents components) {}
