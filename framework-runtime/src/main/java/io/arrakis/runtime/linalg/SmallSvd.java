package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;

/** The singular value decomposition of a small float64 matrix, in the memory of a {@link Scratch}. */
final class SmallSvd {

    private final int rank;
    private final DoublePointer u;
    private final DoublePointer v;
    private final double[] s;

    /**
     * Decomposes a matrix.
     *
     * @param values {@code [rows, columns]}, column-major; lost
     */
    SmallSvd(int rows, int columns, DoublePointer values, Scratch scratch) {
        this.rank = Math.min(rows, columns);
        this.u = scratch.take((long) rows * rank);
        DoublePointer singular = scratch.take(rank);
        DoublePointer vt = scratch.take((long) rank * columns);
        Blas.svd(rows, columns, values, singular, u, vt);
        this.s = Pointers.toHeap(singular, rank);
        this.v = scratch.of(Pointers.columnMajor(Pointers.toHeap(vt, rank * columns), columns, rank));
    }

    int rank() {
        return rank;
    }

    /** Returns the singular values, largest first. */
    double[] s() {
        return s;
    }

    /** Returns {@code [rows, rank]}, column-major. */
    DoublePointer u() {
        return u;
    }

    /** Returns {@code [columns, rank]}, column-major. */
    DoublePointer v() {
        return v;
    }
}
