package io.arrakis.api.stats;

import java.util.HashMap;
import java.util.Map;

/**
 * The first steps of a shuffle of 0 .. n - 1: step i swaps place i with a random one at or after it.
 *
 * <p>Where few are drawn from many, only the places that were touched are kept; the result is the same either way.
 */
final class PartialShuffle {

    /** Below this share of the numbers a map is smaller than the array. */
    private static final int SPARSE_RATIO = 16;

    private PartialShuffle() {}

    static int[] draw(int n, int size, SeededRandom random) {
        return size < n / SPARSE_RATIO ? sparse(n, size, random) : dense(n, size, random);
    }

    static int[] dense(int n, int size, SeededRandom random) {
        int[] places = Samples.all(n);
        int[] drawn = new int[size];
        for (int i = 0; i < size; i++) {
            int j = i + random.nextInt(n - i);
            drawn[i] = places[j];
            places[j] = places[i];
        }
        return drawn;
    }

    static int[] sparse(int n, int size, SeededRandom random) {
        Map<Integer, Integer> places = new HashMap<>();
        int[] drawn = new int[size];
        for (int i = 0; i < size; i++) {
            int j = i + random.nextInt(n - i);
            drawn[i] = places.getOrDefault(j, j);
            places.put(j, places.getOrDefault(i, i));
        }
        return drawn;
    }
}
