package io.arrakis.api.linalg;

import io.arrakis.api.stability.Stable;

/**
 * The nearest rows of each of n rows among themselves, and how these lie to each other.
 *
 * <p>The arrays are not copied and must not be changed.
 *
 * @param neighbours the k nearest other rows of each row
 * @param squares    squared length of each row
 * @param sums       {@code [n, k]}: the sum of the inner products of a neighbour with all neighbours of the row, itself among
 *                   them; 0 where a row has fewer than k
 */
@Stable
public record Neighbourhoods(Neighbours neighbours, double[] squares, double[] sums) {

    /** Checks the sizes. */
    public Neighbourhoods {
        if (squares.length != neighbours.queries() || sums.length != squares.length * neighbours.k()) {
            throw new IllegalArgumentException(squares.length + " squares and " + sums.length + " sums do not fit "
                    + neighbours.queries() + " x " + neighbours.k() + " neighbours");
        }
    }

    /** Returns the sum of the inner products of a neighbour with all neighbours of a row, itself among them. */
    public double sum(int row, int rank) {
        return sums[row * neighbours.k() + rank];
    }

    /** Returns the squared length of a neighbour. */
    public double square(int row, int rank) {
        return squares[neighbours.row(row, rank)];
    }
}
