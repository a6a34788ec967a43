package io.arrakis.tools.kg;

/** Finds the related ones among ordered pairs of different tokens. */
sealed interface PairFinder permits PairSearch, ListedPairs {

    /** Returns the pairs whose similarity reaches a threshold. */
    PairSearch.Found above(PairSpace space, double threshold);

    /** Returns how many ordered pairs are looked at among so many tokens. */
    long tried(int tokens);
}
