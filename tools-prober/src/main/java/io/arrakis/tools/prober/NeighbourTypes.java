package io.arrakis.tools.prober;

import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The sets of words among the nearest neighbours of the occurrences of one word. */
final class NeighbourTypes {

    private final int[][] sets;

    /**
     * Takes the neighbours of each occurrence.
     *
     * @param words the word of each neighbour, nearest first; may repeat
     */
    NeighbourTypes(int[][] words) {
        this.sets = Arrays.stream(words).map(NeighbourTypes::distinct).toArray(int[][]::new);
    }

    /** Returns 1 minus the Jaccard index of each pair of occurrences: 0, the same words or none at all, to 1, none in common. */
    PairMean distances() {
        int[][] shared = shared();
        double[][] values = new double[sets.length][sets.length];
        for (int i = 1; i < sets.length; i++) {
            for (int j = 0; j < i; j++) {
                int union = sets[i].length + sets[j].length - shared[i][j];
                values[i][j] = union == 0 ? 0 : 1 - (double) shared[i][j] / union;
                values[j][i] = values[i][j];
            }
        }
        return new PairMean(values);
    }

    /** Returns how many words each set shares with each before it, word by word: most words are in few sets. */
    private int[][] shared() {
        long[] held = IntStream.range(0, sets.length)
                .mapToObj(set -> Arrays.stream(sets[set]).mapToLong(word -> (long) word << Integer.SIZE | set))
                .flatMapToLong(words -> words)
                .sorted()
                .toArray();
        int[][] shared = new int[sets.length][sets.length];
        int first = 0;
        for (int at = 0; at < held.length; at++) {
            if (held[at] >> Integer.SIZE != held[first] >> Integer.SIZE) {
                first = at;
            }
            for (int before = first; before < at; before++) {
                shared[(int) held[at]][(int) held[before]]++;
            }
        }
        return shared;
    }

    /** Returns the sets with their words permuted, each set on its own; none of them becomes the word itself. */
    NeighbourTypes permuted(TypePermutation permutation, int word, SeededRandom random) {
        return new NeighbourTypes(Arrays.stream(sets)
                .map(set -> permutation.of(set, word, random))
                .toArray(int[][]::new));
    }

    /**
     * Returns how many different words are near the occurrences of a draw, in expectation over all draws of so many. Without one
     * occurrence draws are made from the others, where there are enough.
     *
     * @param draw occurrences in a draw, at most as many as there are
     * @see "Hurlbert 1971, The Nonconcept of Species Diversity, on rarefaction"
     */
    Sampled spread(int draw) {
        Map<Integer, Integer> holders = holders();
        double spread = sum(holders, seen(sets.length, draw));
        if (sets.length <= draw) {
            return new Sampled(spread, new double[0]);
        }
        double[] seen = seen(sets.length - 1, draw);
        double all = sum(holders, seen);
        return new Sampled(
                spread,
                Arrays.stream(sets)
                        .mapToDouble(set -> all
                                - Arrays.stream(set)
                                        .map(holders::get)
                                        .mapToDouble(count -> seen[count] - seen[count - 1])
                                        .sum())
                        .toArray());
    }

    /** Returns near how many occurrences each word is. */
    private Map<Integer, Integer> holders() {
        Map<Integer, Integer> holders = new HashMap<>();
        for (int[] set : sets) {
            for (int word : set) {
                holders.merge(word, 1, Integer::sum);
            }
        }
        return holders;
    }

    private static double sum(Map<Integer, Integer> holders, double[] seen) {
        return holders.values().stream().mapToDouble(count -> seen[count]).sum();
    }

    /** Returns the chance that a draw from some occurrences has one of the first 0, 1, ... of them. */
    private static double[] seen(int occurrences, int draw) {
        double[] seen = new double[occurrences + 2];
        for (int count = 0; count < seen.length; count++) {
            double none = 1;
            for (int i = 0; i < draw; i++) {
                none *= Math.max(0.0, occurrences - count - i) / (occurrences - i);
            }
            seen[count] = 1 - none;
        }
        return seen;
    }

    private static int[] distinct(int[] words) {
        return Arrays.stream(words).sorted().distinct().toArray();
    }
}
