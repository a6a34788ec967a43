package io.arrakis.runtime.linalg;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Checks, copies and views of matrices. */
final class Matrices {

    private Matrices() {}

    /** Returns an uninitialised column-major matrix outside of any workspace; the caller closes it. */
    static INDArray columnMajor(DataType type, long rows, long columns) {
        return Nd4j.createUninitializedDetached(type, 'f', rows, columns);
    }

    /** Returns a column-major copy of another type or layout; the caller closes it. */
    static INDArray columnMajorCopy(INDArray a, DataType type) {
        INDArray copy = columnMajor(type, a.rows(), a.columns());
        copy.assign(a);
        return copy;
    }

    /** Returns a view of the first columns. */
    static INDArray leadingColumns(INDArray a, long columns) {
        return a.get(NDArrayIndex.all(), NDArrayIndex.interval(0, columns));
    }

    /** Returns a view of some rows. */
    static INDArray rows(INDArray a, long first, long count) {
        return a.get(NDArrayIndex.interval(first, first + count), NDArrayIndex.all());
    }

    static void requireMatrix(INDArray a, String name) {
        if (a.rank() != 2 || a.isEmpty()) {
            throw new IllegalArgumentException(name + " is " + shape(a) + ", not a matrix");
        }
        if (a.dataType() != DataType.FLOAT && a.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException(name + " is " + a.dataType() + ", not FLOAT or DOUBLE");
        }
    }

    static void requireSameType(INDArray a, INDArray b) {
        requireMatrix(a, "a");
        requireMatrix(b, "b");
        if (a.dataType() != b.dataType()) {
            throw new IllegalArgumentException("a is " + a.dataType() + ", b is " + b.dataType());
        }
    }

    /** Requires a matrix without NaN and infinite numbers. */
    static void requireFinite(INDArray a, String name) {
        requireMatrix(a, name);
        if (a.isNaN().any() || a.isInfinite().any()) {
            throw new ArrakisException(
                    ErrorCode.NOT_FINITE,
                    name,
                    "a matrix of " + shape(a) + " has NaN or infinite numbers",
                    "look for the first activation that is not finite");
        }
    }

    static String shape(INDArray a) {
        return Arrays.toString(a.shape());
    }
}
