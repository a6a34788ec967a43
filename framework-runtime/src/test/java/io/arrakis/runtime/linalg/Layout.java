package io.arrakis.runtime.linalg;

import java.util.Random;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The ways in which the numbers of a matrix can lie in memory. */
enum Layout {
    ROW_MAJOR {
        @Override
        INDArray of(double[][] values, DataType type) {
            return Nd4j.createFromArray(values).castTo(type).dup('c');
        }
    },
    COLUMN_MAJOR {
        @Override
        INDArray of(double[][] values, DataType type) {
            return ROW_MAJOR.of(values, type).dup('f');
        }
    },
    /** Rows lie together, with other numbers before, between and after them. */
    VIEW {
        @Override
        INDArray of(double[][] values, DataType type) {
            return window(Nd4j.valueArrayOf(new long[] {values.length + 3, values[0].length + 4}, 99, type), values);
        }
    },
    /** Columns lie together, with other numbers before, between and after them. */
    COLUMN_VIEW {
        @Override
        INDArray of(double[][] values, DataType type) {
            INDArray big = Nd4j.valueArrayOf(new long[] {values.length + 3, values[0].length + 4}, 99, type);
            return window(big.dup('f'), values);
        }
    },
    /** Neither rows nor columns lie together. */
    SCATTERED {
        @Override
        INDArray of(double[][] values, DataType type) {
            INDArray big = Nd4j.valueArrayOf(new long[] {2L * values.length, 3L * values[0].length}, 99, type);
            INDArray part = big.get(
                    NDArrayIndex.interval(0, 2, 2L * values.length),
                    NDArrayIndex.interval(0, 3, 3L * values[0].length));
            return part.assign(ROW_MAJOR.of(values, type));
        }
    },
    TRANSPOSED {
        @Override
        INDArray of(double[][] values, DataType type) {
            return ROW_MAJOR.of(PlainLinearAlgebra.transpose(values), type).transpose();
        }
    },
    /** Memory that something else than ND4J owns. */
    FOREIGN {
        @Override
        INDArray of(double[][] values, DataType type) {
            double[] flat = ROW_MAJOR.of(values, DataType.DOUBLE).data().asDouble();
            DataBuffer buffer = type == DataType.DOUBLE ? foreign(new DoublePointer(flat)) : foreign(floats(flat));
            return Nd4j.create(buffer, values.length, values[0].length);
        }
    };

    /** Returns a matrix with these numbers. */
    abstract INDArray of(double[][] values, DataType type);

    private static INDArray window(INDArray big, double[][] values) {
        INDArray part =
                big.get(NDArrayIndex.interval(2, 2 + values.length), NDArrayIndex.interval(1, 1 + values[0].length));
        return part.assign(ROW_MAJOR.of(values, big.dataType()));
    }

    private static FloatPointer floats(double[] flat) {
        float[] floats = new float[flat.length];
        for (int i = 0; i < flat.length; i++) {
            floats[i] = (float) flat[i];
        }
        return new FloatPointer(floats);
    }

    private static DataBuffer foreign(Pointer memory) {
        return memory instanceof FloatPointer floats
                ? Nd4j.createBuffer(floats, DataType.FLOAT, floats.limit(), FloatIndexer.create(floats))
                : Nd4j.createBuffer(
                        memory, DataType.DOUBLE, memory.limit(), DoubleIndexer.create((DoublePointer) memory));
    }

    /** Returns numbers with few values, so that products are exact and ties are many. */
    static double[][] coarse(int rows, int columns, int seed) {
        return random(rows, columns, seed, random -> random.nextInt(9) - 4);
    }

    /** Returns normally distributed numbers. */
    static double[][] normal(int rows, int columns, int seed) {
        return random(rows, columns, seed, Random::nextGaussian);
    }

    private interface Draw {
        double from(Random random);
    }

    private static double[][] random(int rows, int columns, int seed, Draw draw) {
        Random random = new Random(seed);
        double[][] result = new double[rows][columns];
        for (double[] row : result) {
            for (int j = 0; j < columns; j++) {
                row[j] = draw.from(random);
            }
        }
        return result;
    }

    /** Returns the largest difference; NaN where there is one. */
    static double difference(INDArray found, double[][] expected) {
        double[][] values = found.castTo(DataType.DOUBLE).toDoubleMatrix();
        if (values.length != expected.length || values[0].length != expected[0].length) {
            throw new AssertionError("found " + values.length + " x " + values[0].length + ", expected "
                    + expected.length + " x " + expected[0].length);
        }
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[0].length; j++) {
                largest = Math.max(largest, Math.abs(values[i][j] - expected[i][j]));
            }
        }
        return largest;
    }
}
