package io.arrakis.tools.kg;

import java.util.ArrayList;
import java.util.List;

/**
 * What one component of a head relates: queries at one end of it with keys at the same end.
 *
 * @param component   its place among those of the head
 * @param share       its part of the summed similarity of the related pairs that are kept; NaN if there are none
 * @param queriesUp   tokens with the largest coordinates as query, the largest first
 * @param keysUp      the same as key
 * @param queriesDown tokens with the smallest coordinates as query, the smallest first
 * @param keysDown    the same as key
 */
record ComponentCategory(
        int component, double share, int[] queriesUp, int[] keysUp, int[] queriesDown, int[] keysDown) {

    private static final int LEADING = 5;

    /**
     * Describes each component of a space. Coordinates are taken as they are: of length 1, those of a token that the head hardly sees
     * are noise made large.
     *
     * @param coordinates of the tokens
     * @param space       whose inner products are the similarities
     * @param found       the related pairs of it
     */
    static List<ComponentCategory> of(PairSpace coordinates, PairSpace space, PairSearch.Found found) {
        double[] parts = parts(space, found);
        double whole =
                found.pairs().stream().mapToDouble(PairSearch.Pair::similarity).sum();
        List<ComponentCategory> categories = new ArrayList<>();
        for (int k = 0; k < parts.length; k++) {
            categories.add(new ComponentCategory(
                    k,
                    parts[k] / whole,
                    leading(coordinates.queries(), k, 1),
                    leading(coordinates.keys(), k, 1),
                    leading(coordinates.queries(), k, -1),
                    leading(coordinates.keys(), k, -1)));
        }
        return categories;
    }

    /** What each component adds to the similarities of the pairs. */
    private static double[] parts(PairSpace space, PairSearch.Found found) {
        double[] parts = new double[space.queries().columns()];
        for (PairSearch.Pair pair : found.pairs()) {
            for (int k = 0; k < parts.length; k++) {
                parts[k] += space.part(pair.query(), pair.key(), k);
            }
        }
        return parts;
    }

    /** The rows with the largest values of a column times a sign, the largest first. */
    private static int[] leading(HeapMatrix rows, int column, int sign) {
        int[] best = new int[Math.min(LEADING, rows.rows())];
        int count = 0;
        for (int row = 0; row < rows.rows(); row++) {
            float value = sign * rows.at(row, column);
            if (count == best.length && value <= sign * rows.at(best[count - 1], column)) {
                continue;
            }
            int at = count < best.length ? count++ : count - 1;
            while (at > 0 && value > sign * rows.at(best[at - 1], column)) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = row;
        }
        return best;
    }
}
