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
 */
record TypedPairs(
        int subspace,
        String name,
        double threshold,
        double falsePositiveRate,
        NullPairs.Measured chance,
        PairSearch.Found found) {

    static TypedPairs of(
            int subspace,
            String name,
            PairSpace space,
            NullPairs.Measured chance,
            Threshold threshold,
            PairSearch search) {
        double value = chance.threshold(threshold);
        return new TypedPairs(
                subspace, name, value, chance.falsePositiveRate(value), chance, search.above(space, value));
    }
}
