package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbours;
import java.util.Arrays;

/**
 * The nearest rows of each row, from the products of all rows.
 *
 * <p>All products of a row are there at once. They are dealt to groups, a few times as many as are wanted; as many products as
 * groups reach what the largest of a group reaches, so the largest of the groups bound what is wanted from below, and closely.
 */
final class KeptSearch {

    /** Groups for each neighbour; more leave fewer candidates and take longer to compare. */
    private static final int GROUPS = 4;

    private final ProductTriangle kept;
    private final int k;
    private final NeighbourRows found;

    KeptSearch(ProductTriangle kept, int k) {
        this.kept = kept;
        this.k = k;
        this.found = new NeighbourRows(kept.rows(), k);
    }

    Neighbours run(Workers workers) {
        kept.forEachRow(workers, () -> new OneRow(kept.rows())::search);
        return found.toNeighbours();
    }

    /** The search of one thread. */
    private final class OneRow {

        private final int wanted;
        private final float[] largest;
        private final long[] candidates;

        OneRow(int rows) {
            this.wanted = Math.min(k, rows - 1);
            this.largest = new float[Math.min(rows, GROUPS * (k + 1))];
            this.candidates = new long[rows];
        }

        void search(int row, float[] products) {
            int count = candidates(row, products, floor(products));
            Arrays.sort(candidates, 0, count);
            found.write(row, candidates, wanted);
        }

        /** Returns what at least one product more than wanted reaches: the row's own may be one of them. */
        private float floor(float[] products) {
            int groups = largest.length;
            System.arraycopy(products, 0, largest, 0, groups);
            for (int first = groups; first + groups <= products.length; first += groups) {
                for (int group = 0; group < groups; group++) {
                    largest[group] = Math.max(largest[group], products[first + group]);
                }
            }
            for (int group = 0; group < groups; group++) {
                candidates[group] = SortableFloats.pack(-largest[group], group);
            }
            LongSelection.smallestFirst(candidates, groups, wanted + 1);
            return -SortableFloats.value(candidates[wanted]);
        }

        private int candidates(int row, float[] products, float floor) {
            int count = 0;
            for (int other = 0; other < products.length; other++) {
                if (products[other] >= floor && other != row) {
                    candidates[count++] = SortableFloats.pack(-products[other], other);
                }
            }
            return count;
        }
    }
}
