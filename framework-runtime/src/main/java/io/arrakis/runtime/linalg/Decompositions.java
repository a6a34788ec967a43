package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.LinearAlgebra.Qr;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** QR and singular value decompositions of one matrix or product, in float64 but for what {@link CholeskyFactor} takes in float32; used by one thread. */
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
        return new Qr(
                factor.orthonormalTimes(scratch.of(signs), columns),
                Results.of(matrix.type(), columns, columns, scratch.of(r), scratch));
    }

    Svd smallSvd(Operand matrix) {
        scratch.reset();
        Blas.DoublePart entries = matrix.copy(scratch, "a matrix");
        boolean flipped = entries.transposed();
        int rows = flipped ? matrix.columns() : matrix.rows();
        int columns = flipped ? matrix.rows() : matrix.columns();
        SmallSvd svd = new SmallSvd(rows, columns, entries.at(), scratch);
        INDArray u = Results.of(matrix.type(), rows, svd.rank(), svd.u(), scratch);
        INDArray v = Results.of(matrix.type(), columns, svd.rank(), svd.v(), scratch);
        return flipped ? signed(v, svd.s(), u) : signed(u, svd.s(), v);
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
        return signed(left.orthonormalTimes(svd.u(), svd.rank()), svd.s(), right.orthonormalTimes(svd.v(), svd.rank()));
    }

    /** Makes the largest coordinate of each column of u positive. */
    private static Svd signed(INDArray u, double[] s, INDArray v) {
        for (int k = 0; k < s.length; k++) {
            if (Results.largestOfColumn(u, k) < 0) {
                Results.negateColumn(u, k);
                Results.negateColumn(v, k);
            }
        }
        return new Svd(u, s, v);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
