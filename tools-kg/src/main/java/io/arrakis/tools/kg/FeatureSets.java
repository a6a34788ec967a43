package io.arrakis.tools.kg;

import java.util.Arrays;
import java.util.function.Function;

/** Puts features of pairs together. */
final class FeatureSets {

    private FeatureSets() {}

    /** The features of a pair, and of the same pair turned round. */
    static Function<WordPair, double[]> both(Function<WordPair, double[]> features) {
        return join(features, pair -> features.apply(pair.turned()));
    }

    /** The features of the first, then those of the second. */
    static Function<WordPair, double[]> join(Function<WordPair, double[]> first, Function<WordPair, double[]> second) {
        return pair -> {
            double[] a = first.apply(pair);
            double[] b = second.apply(pair);
            double[] joined = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, joined, a.length, b.length);
            return joined;
        };
    }
}
