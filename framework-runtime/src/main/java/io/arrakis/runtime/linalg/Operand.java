package io.arrakis.runtime.linalg;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix as BLAS reads it: an address, a leading dimension, and whether rows or columns lie together.
 *
 * <p>Reads the memory of the array in place, or of a copy where neither rows nor columns lie together. The array stays the
 * caller's and open; {@link #close} frees the copy alone.
 */
final class Operand implements AutoCloseable {

    private final INDArray array;
    private final Pointer memory;
    private final boolean copied;
    private final int rows;
    private final int columns;
    private final boolean rowMajor;
    private final int leading;

    private Operand(INDArray array) {
        this.array = array;
        this.rows = array.rows();
        this.columns = array.columns();
        this.copied = !isDense(array, 1, 0) && !isDense(array, 0, 1);
        this.rowMajor = copied || isDense(array, 1, 0);
        this.memory = copied ? gathered(array) : array.data().addressPointer();
        int line = rowMajor ? columns : rows;
        long stride = copied ? line : array.stride(rowMajor ? 0 : 1);
        this.leading = Math.toIntExact(Math.max(stride, line)); // the stride of a single line may be anything
    }

    /** Reads an array, after checking its rank and type. */
    static Operand of(INDArray array, String name) {
        if (array.wasClosed()) {
            throw new IllegalArgumentException(name + " was closed");
        }
        if (array.rank() != 2 || array.isEmpty()) {
            throw new IllegalArgumentException(name + " is " + Arrays.toString(array.shape()) + ", not a matrix");
        }
        if (array.dataType() != DataType.FLOAT && array.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException(name + " is " + array.dataType() + ", not FLOAT or DOUBLE");
        }
        Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
        return new Operand(array);
    }

    /** Copies an array row after row. */
    private static Pointer gathered(INDArray array) {
        int rows = array.rows();
        int columns = array.columns();
        Pointer start = array.data().addressPointer();
        long rowStride = array.stride(0);
        long columnStride = array.stride(1);
        if (array.dataType() == DataType.FLOAT) {
            float[] row = new float[columns];
            FloatPointer from = new FloatPointer(start);
            FloatPointer copy = new FloatPointer((long) rows * columns);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    row[j] = from.get(i * rowStride + j * columnStride);
                }
                copy.getPointer((long) i * columns).put(row, 0, columns);
            }
            return copy;
        }
        double[] row = new double[columns];
        DoublePointer from = new DoublePointer(start);
        DoublePointer copy = new DoublePointer((long) rows * columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                row[j] = from.get(i * rowStride + j * columnStride);
            }
            copy.getPointer((long) i * columns).put(row, 0, columns);
        }
        return copy;
    }

    /** Returns whether the entries along one axis lie together, and the lines along it do not overlap. */
    private static boolean isDense(INDArray array, int along, int across) {
        return (array.stride(along) == 1 || array.size(along) == 1)
                && (array.stride(across) >= array.size(along) || array.size(across) == 1);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    DataType type() {
        return array.dataType();
    }

    String shape() {
        return Arrays.toString(array.shape());
    }

    /** Returns a float32 matrix. */
    Blas.FloatPart floats() {
        return floatRows(0);
    }

    /** Returns a float32 matrix from a row on. */
    Blas.FloatPart floatRows(int first) {
        return floatsAt(rowMajor ? (long) first * leading : first);
    }

    /** Returns a float32 matrix from a column on. */
    Blas.FloatPart floatColumns(int first) {
        return floatsAt(rowMajor ? first : (long) first * leading);
    }

    private Blas.FloatPart floatsAt(long offset) {
        FloatPointer start = new FloatPointer(memory);
        return new Blas.FloatPart(start.getPointer(offset), leading, rowMajor);
    }

    /** Returns a float64 matrix from a row on. */
    Blas.DoublePart doubleRows(int first) {
        return doublesAt(rowMajor ? (long) first * leading : first);
    }

    /** Returns a float64 matrix from a column on. */
    Blas.DoublePart doubleColumns(int first) {
        return doublesAt(rowMajor ? first : (long) first * leading);
    }

    private Blas.DoublePart doublesAt(long offset) {
        DoublePointer start = new DoublePointer(memory);
        return new Blas.DoublePart(start.getPointer(offset), leading, rowMajor);
    }

    /**
     * Copies all entries as float64, without gaps, in the order that they have: a transpose for BLAS where rows lie together.
     *
     * @param name for the message where an entry is NaN or infinite
     */
    Blas.DoublePart copy(Scratch scratch, String name) {
        long count = (long) rows * columns;
        DoublePointer target = scratch.take(count);
        Blas.DoublePart copy = copyRows(0, rows, target, scratch);
        double[] chunk = scratch.doubles();
        for (long first = 0; first < count; first += Scratch.CHUNK) {
            int length = (int) Math.min(Scratch.CHUNK, count - first);
            target.getPointer(first).get(chunk, 0, length);
            NotFinite.require(chunk, length, this, name);
        }
        return copy;
    }

    /** Copies some rows as {@link #copy} does, NaN and all, to memory that holds so many. */
    Blas.DoublePart copyRows(int first, int count, DoublePointer target, Scratch scratch) {
        int lines = rowMajor ? count : columns;
        int length = rowMajor ? columns : count;
        long start = rowMajor ? (long) first * leading : first;
        boolean gapless = leading == length;
        long together = gapless ? (long) lines * length : length;
        for (int line = 0; line < (gapless ? 1 : lines); line++) {
            for (long done = 0; done < together; done += Scratch.CHUNK) {
                int chunk = (int) Math.min(Scratch.CHUNK, together - done);
                double[] values = read(start + (long) line * leading + done, chunk, scratch);
                target.getPointer((long) line * length + done).put(values, 0, chunk);
            }
        }
        return new Blas.DoublePart(target, length, rowMajor);
    }

    private double[] read(long from, int count, Scratch scratch) {
        double[] target = scratch.doubles();
        if (type() == DataType.DOUBLE) {
            new DoublePointer(memory).getPointer(from).get(target, 0, count);
            return target;
        }
        float[] floats = scratch.floats();
        new FloatPointer(memory).getPointer(from).get(floats, 0, count);
        for (int i = 0; i < count; i++) {
            target[i] = floats[i];
        }
        return target;
    }

    /** Copies some columns of a float32 matrix, one after the other. */
    float[] columnsToFloats(int first, int count) {
        float[] result = new float[Math.multiplyExact(count, rows)];
        FloatPointer start = new FloatPointer(memory);
        if (!rowMajor) {
            for (int column = 0; column < count; column++) {
                start.getPointer((long) (first + column) * leading).get(result, column * rows, rows);
            }
            return result;
        }
        float[] part = new float[count];
        for (int row = 0; row < rows; row++) {
            start.getPointer((long) row * leading + first).get(part, 0, count);
            for (int column = 0; column < count; column++) {
                result[column * rows + row] = part[column];
            }
        }
        return result;
    }

    /** Frees the copy, if one was made; until then the array is kept from the garbage collector. */
    @Override
    public void close() {
        try {
            if (copied) {
                memory.close();
            }
        } finally {
            Reference.reachabilityFence(array);
        }
    }
}
