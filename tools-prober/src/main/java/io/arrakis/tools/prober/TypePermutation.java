package io.arrakis.tools.prober;

import io.arrakis.api.stats.Quantiles;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Lets words change places with words of about the same frequency.
 *
 * <p>A set of words keeps how many there are and how frequent they are, and nothing else. What sets that were permuted
 * independently still have in common, they have by chance.
 */
final class TypePermutation {

    private static final int TENTHS = 10;

    private final int[] tenths;
    private final int[][] members;
    private final int[] places;

    /**
     * Cuts words into tenths of equal frequency.
     *
     * @param frequency how often each word occurs
     */
    TypePermutation(int[] frequency) {
        tenths = Quantiles.bins(Arrays.stream(frequency).asDoubleStream().toArray(), TENTHS);
        members = new int[TENTHS][];
        places = new int[tenths.length];
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            int wanted = tenth;
            members[tenth] = IntStream.range(0, tenths.length)
                    .filter(word -> tenths[word] == wanted)
                    .toArray();
            for (int place = 0; place < members[tenth].length; place++) {
                places[members[tenth][place]] = place;
            }
        }
    }

    /**
     * Returns where some words come to stand when all words but one are permuted within their tenths. Costs as many steps as
     * there are words in the set.
     *
     * @param set   different words, without the one
     * @param fixed the word that keeps its place
     */
    int[] of(int[] set, int fixed, SeededRandom random) {
        int[] sizes = new int[TENTHS];
        for (int word : set) {
            sizes[tenths[word]]++;
        }
        int[] permuted = new int[set.length];
        int filled = 0;
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            int skipped = tenths[fixed] == tenth ? 1 : 0;
            for (int place : random.sample(members[tenth].length - skipped, sizes[tenth])) {
                boolean behind = skipped == 1 && place >= places[fixed];
                permuted[filled++] = members[tenth][behind ? place + 1 : place];
            }
        }
        return permuted;
    }
}
