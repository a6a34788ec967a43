package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Kernels on ND4J: products by BLAS into column-major arrays, selection in plain Java over primitive arrays.
 *
 * <p>Holds no state; safe for use by several threads.
 */
public final class Nd4jLinearAlgebra implements LinearAlgebra {

    @Override
    public INDArray product(INDArray a, boolean transposeA, INDArray b, boolean transposeB) {
        Matrices.requireSameType(a, b);
        int inner = transposeA ? 0 : 1;
        if (a.size(inner) != b.size(transposeB ? 1 : 0)) {
            throw new IllegalArgumentException(
                    "inner axes differ: a " + Matrices.shape(a) + (transposeA ? " transposed" : "") + ", b "
                            + Matrices.shape(b) + (transposeB ? " transposed" : ""));
        }
        INDArray result = Matrices.columnMajor(a.dataType(), a.size(1 - inner), b.size(transposeB ? 0 : 1));
        Nd4j.gemm(a, b, result, transposeA, transposeB, 1, 0);
        return result;
    }

    @Override
    public Neighbours nearest(INDArray queries, INDArray base, int k, Exclusion exclusion) {
        return new NearestSearch(queries, base, k, exclusion).run();
    }

    @Override
    public Qr thinQr(INDArray a) {
        Matrices.requireFinite(a, "a");
        if (a.rows() < a.columns()) {
            throw new IllegalArgumentException("a is " + Matrices.shape(a) + ", wider than tall");
        }
        INDArray q = Matrices.columnMajorCopy(a, a.dataType());
        INDArray r = Matrices.columnMajor(a.dataType(), a.columns(), a.columns());
        Nd4j.getBlasWrapper().lapack().geqrf(q, r);
        return new Qr(q, r);
    }

    @Override
    public Svd smallSvd(INDArray a) {
        Matrices.requireFinite(a, "a");
        int rank = Math.min(a.rows(), a.columns());
        try (INDArray work = Matrices.columnMajorCopy(a, DataType.DOUBLE);
                INDArray s = Nd4j.createUninitialized(DataType.DOUBLE, rank);
                INDArray u = Matrices.columnMajor(DataType.DOUBLE, a.rows(), a.rows());
                INDArray vt = Matrices.columnMajor(DataType.DOUBLE, a.columns(), a.columns())) {
            Nd4j.getBlasWrapper().lapack().gesvd(work, s, u, vt);
            return new Svd(
                    Matrices.columnMajorCopy(Matrices.leadingColumns(u, rank), a.dataType()),
                    s.toDoubleVector(),
                    Matrices.columnMajorCopy(Matrices.leadingColumns(vt.transpose(), rank), a.dataType()));
        }
    }
}
