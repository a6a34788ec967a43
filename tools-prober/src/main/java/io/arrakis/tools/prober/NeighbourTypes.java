package io.arrakis.tools.prober;

import java.util.Arrays;

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

    /** Returns 1 minus the Jaccard index of each pair of occurrences: 0, the same words, to 1, none in common. */
    PairMean distances() {
        double[][] values = new double[sets.length][sets.length];
        for (int i = 1; i < sets.length; i++) {
            for (int j = 0; j < i; j++) {
                values[i][j] = 1 - jaccard(sets[i], sets[j]);
                values[j][i] = values[i][j];
            }
        }
        return new PairMean(values);
    }

    /** Returns the number of different words among all neighbours of some occurrences. */
    int spread(int[] chosen) {
        return distinct(Arrays.stream(chosen)
                        .flatMap(i -> Arrays.stream(sets[i]))
                        .toArray())
                .length;
    }

    private static int[] distinct(int[] words) {
        return Arrays.stream(words).sorted().distinct().toArray();
    }

    /** Returns the share of the union that both sorted sets hold; two empty sets share nothing. */
    static double jaccard(int[] a, int[] b) {
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        int union = a.length + b.length - shared;
        return union == 0 ? 0 : (double) shared / union;
    }
}
