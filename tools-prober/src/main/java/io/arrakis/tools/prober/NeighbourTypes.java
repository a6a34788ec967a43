package io.arrakis.tools.prober;

import io.arrakis.api.linalg.Neighbours;
import java.util.Arrays;

/** Compares the sets of token types among the neighbours of occurrences. */
final class NeighbourTypes {

    private final Neighbours neighbours;
    private final int[] typeOfBaseRow;

    NeighbourTypes(Neighbours neighbours, int[] typeOfBaseRow) {
        this.neighbours = neighbours;
        this.typeOfBaseRow = typeOfBaseRow;
    }

    /**
     * Returns 1 minus the mean Jaccard index over all pairs of queries.
     *
     * @param first the first query
     * @param count number of queries in a row, at least 2
     * @return 0, all occurrences have the same neighbour types, to 1, no two share one
     */
    double spreadOfSets(int first, int count) {
        int[][] sets = new int[count][];
        for (int i = 0; i < count; i++) {
            sets[i] = types(first + i);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                sum += jaccard(sets[i], sets[j]);
            }
        }
        return 1 - sum / (count * (count - 1) / 2.0);
    }

    /** Returns the number of different types over all neighbours of some queries. */
    int distinct(int first, int count) {
        int[] all = new int[count * neighbours.k()];
        int size = 0;
        for (int query = first; query < first + count; query++) {
            for (int type : types(query)) {
                all[size++] = type;
            }
        }
        return distinctSorted(Arrays.copyOf(all, size)).length;
    }

    private int[] types(int query) {
        int[] types = new int[neighbours.count(query)];
        Arrays.setAll(types, rank -> typeOfBaseRow[neighbours.row(query, rank)]);
        return distinctSorted(types);
    }

    private static int[] distinctSorted(int[] types) {
        return Arrays.stream(types).sorted().distinct().toArray();
    }

    /** Returns the share of the union that both sorted sets hold; two empty sets share nothing. */
    static double jaccard(int[] a, int[] b) {
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            int order = Integer.compare(a[i], b[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int union = a.length + b.length - shared;
        return union == 0 ? 0 : (double) shared / union;
    }
}
