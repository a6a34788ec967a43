package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays that are handed to the caller: column-major, outside of any workspace. */
final class Results {

    private Results() {}

    /** Returns an uninitialised array; after writing to its memory call {@link #written}. */
    static INDArray columnMajor(DataType type, int rows, int columns) {
        return type == DataType.FLOAT
                ? OwnedFloats.columnMajor(rows, columns)
                : Nd4j.createUninitializedDetached(type, 'f', rows, columns);
    }

    /** Returns a result when some work has written all of it; closes it where the work fails. */
    static INDArray written(INDArray result, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            result.close();
            throw e;
        }
        written(result);
        return result;
    }

    /** Tells ND4J that the memory on the host was written to, which matters where it computes elsewhere. */
    static void written(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    }

    /** Returns an array of float32 or float64 with column-major entries. */
    static INDArray of(DataType type, int rows, int columns, DoublePointer entries, Scratch scratch) {
        INDArray result = columnMajor(type, rows, columns);
        Pointer target = result.data().addressPointer();
        long count = (long) rows * columns;
        if (type == DataType.FLOAT) {
            narrow(entries, new FloatPointer(target), count, scratch);
        } else {
            Pointer.memcpy(target, entries, count * Double.BYTES);
        }
        written(result);
        return result;
    }

    /** Copies numbers as float32. */
    static void narrow(DoublePointer entries, FloatPointer target, long count, Scratch scratch) {
        double[] doubles = scratch.doubles();
        float[] floats = scratch.floats();
        for (long first = 0; first < count; first += Scratch.CHUNK) {
            int chunk = (int) Math.min(Scratch.CHUNK, count - first);
            entries.getPointer(first).get(doubles, 0, chunk);
            for (int i = 0; i < chunk; i++) {
                floats[i] = (float) doubles[i];
            }
            target.getPointer(first).put(floats, 0, chunk);
        }
    }

    /** Returns the first of the entries of a column-major result's column that are largest without their signs. */
    static double largestOfColumn(INDArray result, int column) {
        int rows = result.rows();
        Pointer start = result.data().addressPointer();
        long at = (long) column * rows;
        return result.dataType() == DataType.FLOAT
                ? Blas.largest(rows, new FloatPointer(start).getPointer(at))
                : Blas.largest(rows, new DoublePointer(start).getPointer(at));
    }

    /** Negates a column of a column-major result. */
    static void negateColumn(INDArray result, int column) {
        int rows = result.rows();
        Pointer start = result.data().addressPointer();
        long at = (long) column * rows;
        if (result.dataType() == DataType.FLOAT) {
            Blas.negate(rows, new FloatPointer(start).getPointer(at));
        } else {
            Blas.negate(rows, new DoublePointer(start).getPointer(at));
        }
    }
}
