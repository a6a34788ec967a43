package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.LinearAlgebra.Qr;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import org.bytedeco.javacpp.DoublePointer;

/** QR and singular value decompositions of one matrix or product, in float64; used by one thread. */
final class Decompositions implements AutoCloseable {

    private final Scratch scratch = new Scratch();

    Qr thinQr(Operand matrix) {
        scratch.reset();
        int columns = matrix.columns();
        if (matrix.rows() < columns) {
            throw new IllegalArgumentException("a matrix of " + matrix.shape() + " is wider than tall");
        }
        ThinFactor factor = ThinFactor.of(matrix, "a matrix", scratch);
        double[] r = Pointers.toHeap(factor.triangle(), columns * columns);
        double[] signs = new double[columns * columns];
        for (int row = 0; row < columns; row++) {
            double sign = r[row * columns + row] < 0 ? -1 : 1;
            signs[row * columns + row] = sign;
            for (int column = row; column < columns; column++) {
                r[column * columns + row] *= sign;
            }
        }
        DoublePointer q = factor.orthonormalTimes(scratch.of(signs), columns);
        return new Qr(
                Results.of(matrix.type(), matrix.rows(), columns, q, scratch),
                Results.of(matrix.type(), columns, columns, scratch.of(r), scratch));
    }

    Svd smallSvd(Operand matrix) {
        scratch.reset();
        Blas.DoublePart entries = matrix.copy(scratch, "a matrix");
        boolean flipped = entries.transposed();
        int rows = flipped ? matrix.columns() : matrix.rows();
        int columns = flipped ? matrix.rows() : matrix.columns();
        SmallSvd svd = new SmallSvd(rows, columns, entries.at(), scratch);
        return signed(matrix, flipped ? svd.v() : svd.u(), svd.s(), flipped ? svd.u() : svd.v(), matrix.columns());
    }

    /** Decomposes {@code a b^T}. */
    Svd productSvd(Operand a, Operand b) {
        scratch.reset();
        if (a.columns() != b.columns() || a.type() != b.type()) {
            throw new IllegalArgumentException("a is " + a.type() + " " + a.shape() + ", b is " + b.type() + " "
                    + b.shape() + "; they need one type and as many columns");
        }
        ThinFactor left = ThinFactor.of(a, "a", scratch);
        ThinFactor right = ThinFactor.of(b, "b", scratch);
        DoublePointer core = scratch.take((long) left.rank() * right.rank());
        Blas.product(
                new Blas.Sizes(left.rank(), right.rank(), a.columns()),
                new Blas.DoublePart(left.triangle(), left.rank(), false),
                new Blas.DoublePart(right.triangle(), right.rank(), true),
                core,
                left.rank());
        SmallSvd svd = new SmallSvd(left.rank(), right.rank(), core, scratch);
        DoublePointer u = left.orthonormalTimes(svd.u(), svd.rank());
        DoublePointer v = right.orthonormalTimes(svd.v(), svd.rank());
        return signed(a, u, svd.s(), v, b.rows());
    }

    /** Makes the largest coordinate of each column of u positive, and wraps all. */
    private Svd signed(Operand like, DoublePointer u, double[] s, DoublePointer v, int rowsOfV) {
        int rowsOfU = like.rows();
        for (int k = 0; k < s.length; k++) {
            DoublePointer column = u.getPointer((long) k * rowsOfU);
            if (Blas.largest(rowsOfU, column) < 0) {
                Blas.negate(rowsOfU, column);
                Blas.negate(rowsOfV, v.getPointer((long) k * rowsOfV));
            }
        }
        return new Svd(
                Results.of(like.type(), rowsOfU, s.length, u, scratch),
                s,
                Results.of(like.type(), rowsOfV, s.length, v, scratch));
    }

    @Override
    public void close() {
        scratch.close();
    }
}
