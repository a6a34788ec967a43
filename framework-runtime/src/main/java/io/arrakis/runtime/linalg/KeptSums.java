package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbourhoods;
import io.arrakis.api.linalg.Neighbours;

/**
 * Sums of inner products of neighbours, looked up among the products of all rows.
 *
 * <p>Goes through the products row by row, and for each row through the neighbourhoods that it is part of: a row of products
 * stays in the cache, where looking up the pairs of one neighbourhood after the other would miss it nearly each time.
 */
final class KeptSums {

    private final Neighbours found;
    private final ProductTriangle kept;
    private final int rows;
    private final int[] starts;
    private final int[] places;
    private final double[] squares;
    private final double[] sums;

    KeptSums(Neighbours found, ProductTriangle kept) {
        this.found = found;
        this.kept = kept;
        this.rows = found.queries();
        this.starts = new int[rows + 1];
        this.places = new int[rows * found.k()];
        this.squares = new double[rows];
        this.sums = new double[places.length];
        sortPlacesByNeighbour();
    }

    /** Fills {@code places} with row x k + rank of each time that row 0, 1, ... is a neighbour; {@code starts} says from where. */
    private void sortPlacesByNeighbour() {
        for (int row = 0; row < rows; row++) {
            for (int rank = 0; rank < found.count(row); rank++) {
                starts[found.row(row, rank) + 1]++;
            }
        }
        for (int row = 0; row < rows; row++) {
            starts[row + 1] += starts[row];
        }
        int[] next = starts.clone();
        for (int row = 0; row < rows; row++) {
            for (int rank = 0; rank < found.count(row); rank++) {
                places[next[found.row(row, rank)]++] = row * found.k() + rank;
            }
        }
    }

    Neighbourhoods run(Workers workers) {
        kept.forEachRow(workers, () -> this::take);
        return new Neighbourhoods(found, squares, sums);
    }

    private void take(int row, float[] products) {
        squares[row] = products[row];
        for (int at = starts[row]; at < starts[row + 1]; at++) {
            sums[places[at]] = sum(places[at] / found.k(), products);
        }
    }

    private double sum(int row, float[] products) {
        double sum = 0;
        for (int rank = 0; rank < found.count(row); rank++) {
            sum += products[found.row(row, rank)];
        }
        return sum;
    }
}
