package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.LinearAlgebra.Qr;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import org.bytedeco.javacpp.DoublePointer;

/** QR and singular value decompositions of one matrix or product, in float64. */
final class Decompositions {

    private Decompositions() {}

    static Qr thinQr(Operand matrix) {
        int columns = matrix.columns();
        if (matrix.rows() < columns) {
            throw new IllegalArgumentException("a matrix of " + matrix.shape() + " is wider than tall");
        }
        try (ThinFactor factor = ThinFactor.of(matrix, "a matrix")) {
            double[] r = Pointers.toHeap(factor.triangle(), columns * columns);
            double[] signs = new double[columns * columns];
            for (int row = 0; row < columns; row++) {
                double sign = r[row * columns + row] < 0 ? -1 : 1;
                signs[row * columns + row] = sign;
                for (int column = row; column < columns; column++) {
                    r[column * columns + row] *= sign;
                }
            }
            try (DoublePointer diagonal = new DoublePointer(signs)) {
                double[] q = factor.orthonormalTimes(diagonal, columns);
                return new Qr(
                        Results.of(matrix.type(), matrix.rows(), columns, q),
                        Results.of(matrix.type(), columns, columns, r));
            }
        }
    }

    static Svd smallSvd(Operand matrix) {
        double[] entries = matrix.toDoubles();
        NotFinite.require(entries, matrix, "a matrix");
        boolean flipped = matrix.isRowMajor();
        int rows = flipped ? matrix.columns() : matrix.rows();
        int columns = flipped ? matrix.rows() : matrix.columns();
        try (DoublePointer values = new DoublePointer(entries);
                SmallSvd svd = new SmallSvd(rows, columns, values)) {
            double[] left = Pointers.toHeap(svd.u(), rows * svd.rank());
            double[] right = Pointers.toHeap(svd.v(), columns * svd.rank());
            return signed(matrix, flipped ? right : left, svd.s(), flipped ? left : right, matrix.columns());
        }
    }

    /** Decomposes {@code a b^T}. */
    static Svd productSvd(Operand a, Operand b) {
        if (a.columns() != b.columns() || a.type() != b.type()) {
            throw new IllegalArgumentException("a is " + a.type() + " " + a.shape() + ", b is " + b.type() + " "
                    + b.shape() + "; they need one type and as many columns");
        }
        try (ThinFactor left = ThinFactor.of(a, "a");
                ThinFactor right = ThinFactor.of(b, "b");
                DoublePointer core = new DoublePointer((long) left.rank() * right.rank())) {
            Blas.product(
                    new Blas.Sizes(left.rank(), right.rank(), a.columns()),
                    new Blas.DoublePart(left.triangle(), left.rank(), false),
                    new Blas.DoublePart(right.triangle(), right.rank(), true),
                    core,
                    left.rank());
            try (SmallSvd svd = new SmallSvd(left.rank(), right.rank(), core)) {
                double[] u = left.orthonormalTimes(svd.u(), svd.rank());
                double[] v = right.orthonormalTimes(svd.v(), svd.rank());
                return signed(a, u, svd.s(), v, b.rows());
            }
        }
    }

    /** Makes the largest coordinate of each column of u positive, and wraps all. */
    private static Svd signed(Operand like, double[] u, double[] s, double[] v, int rowsOfV) {
        int rowsOfU = like.rows();
        for (int k = 0; k < s.length; k++) {
            if (largest(u, k * rowsOfU, rowsOfU) < 0) {
                negate(u, k * rowsOfU, rowsOfU);
                negate(v, k * rowsOfV, rowsOfV);
            }
        }
        return new Svd(Results.of(like.type(), rowsOfU, s.length, u), s, Results.of(like.type(), rowsOfV, s.length, v));
    }

    private static double largest(double[] values, int offset, int count) {
        double largest = 0;
        for (int i = offset; i < offset + count; i++) {
            if (Math.abs(values[i]) > Math.abs(largest)) {
                largest = values[i];
            }
        }
        return largest;
    }

    private static void negate(double[] values, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            values[i] = -values[i];
        }
    }
}
