package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * What a search among rows looks for.
 *
 * @param k         number of neighbours kept for each query, at least 1
 * @param exclusion pairs that are never neighbours nor handed over
 * @param threshold smallest similarity of pairs that are handed over
 * @param above     takes all pairs that reach the threshold, each ordered pair once
 */
@Stable
public record Search(int k, Exclusion exclusion, float threshold, PairConsumer above) {

    /** Checks k and the threshold. */
    public Search {
        Objects.requireNonNull(exclusion, "exclusion");
        Objects.requireNonNull(above, "above");
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ", less than 1");
        }
        if (Float.isNaN(threshold)) {
            throw new IllegalArgumentException("the threshold is NaN");
        }
    }

    /** Returns a search for neighbours alone. */
    public static Search nearest(int k, Exclusion exclusion) {
        return new Search(k, exclusion, Float.POSITIVE_INFINITY, (query, rows, similarities, count) -> {});
    }

    /** Returns this search, handing over all pairs that reach a threshold too. */
    public Search handingOver(float threshold, PairConsumer above) {
        return new Search(k, exclusion, threshold, above);
    }

    /** Returns whether any pairs are handed over. */
    public boolean handsOver() {
        return threshold < Float.POSITIVE_INFINITY;
    }
}
