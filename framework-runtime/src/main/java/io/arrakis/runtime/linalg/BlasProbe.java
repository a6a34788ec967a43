package io.arrakis.runtime.linalg;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.natives.NativeProbe;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Holds the routines of BLAS and LAPACK that the kernels call against plain Java, in a few milliseconds.
 *
 * <p>Products are checked with Freivalds' test: {@code (A B) x = A (B x)}, in whole numbers, so to the last bit. Sizes are odd,
 * and large enough for the blocked code: OpenBLAS 0.3.19 with its SkylakeX kernels was seen to multiply triangles wrongly on a
 * newer processor, which shows in QR from 129 columns on.
 */
public final class BlasProbe implements NativeProbe {

    private static final int M = 131;
    private static final int N = 97;
    private static final int K = 149;
    private static final int QR_ROWS = 190;
    private static final int QR_COLUMNS = 141;

    /** Far above rounding, which is some 1e-14 here, and far below what a wrong kernel gives. */
    private static final double TOLERANCE = 1e-9;

    private final Random random = new Random(7);

    /** Loads the libraries. */
    public BlasProbe() {
        Blas.load();
    }

    @Override
    public String library() {
        return "OpenBLAS";
    }

    @Override
    public Optional<String> difference() {
        for (int flags = 0; flags < 4; flags++) {
            boolean transposeA = (flags & 1) != 0;
            boolean transposeB = (flags & 2) != 0;
            if (!isProductRight(transposeA, transposeB)) {
                return Optional.of(
                        "a product of " + M + " x " + K + " and " + K + " x " + N + " differs from plain Java");
            }
        }
        if (!areVectorsRight()) {
            return Optional.of(
                    "the norm, the largest or the negation of " + M * K + " numbers differs from plain Java");
        }
        if (!areFactorsRight()) {
            return Optional.of(
                    "a QR decomposition of " + QR_ROWS + " x " + QR_COLUMNS + " does not give its matrix back");
        }
        return areSingularVectorsRight()
                ? Optional.empty()
                : Optional.of("a singular value decomposition of " + QR_COLUMNS + " x " + QR_COLUMNS
                        + " does not give its matrix back");
    }

    private boolean isProductRight(boolean transposeA, boolean transposeB) {
        double[] a = wholeNumbers(M * K);
        double[] b = wholeNumbers(K * N);
        double[] x = wholeNumbers(N);
        double[] expected = times(a, M, K, transposeA, times(b, K, N, transposeB, x));
        Blas.Sizes sizes = new Blas.Sizes(M, N, K);
        try (DoublePointer doubleA = new DoublePointer(a);
                DoublePointer doubleB = new DoublePointer(b);
                DoublePointer doubleC = new DoublePointer((long) M * N);
                FloatPointer floatA = new FloatPointer(floats(a));
                FloatPointer floatB = new FloatPointer(floats(b));
                FloatPointer floatC = new FloatPointer((long) M * N)) {
            int leadingA = transposeA ? K : M;
            int leadingB = transposeB ? N : K;
            Blas.product(
                    sizes,
                    new Blas.DoublePart(doubleA, leadingA, transposeA),
                    new Blas.DoublePart(doubleB, leadingB, transposeB),
                    doubleC,
                    M);
            Blas.product(
                    sizes,
                    new Blas.FloatPart(floatA, leadingA, transposeA),
                    new Blas.FloatPart(floatB, leadingB, transposeB),
                    floatC,
                    M);
            float[] c = new float[M * N];
            floatC.get(c);
            return largestDifference(times(Pointers.toHeap(doubleC, M * N), M, N, false, x), expected) == 0
                    && largestDifference(times(doubles(c), M, N, false, x), expected) == 0;
        }
    }

    private boolean areVectorsRight() {
        double[] a = wholeNumbers(M * K);
        double squares = 0;
        double largest = 0;
        for (double value : a) {
            squares += value * value;
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        try (DoublePointer vector = new DoublePointer(a);
                FloatPointer floats = new FloatPointer(floats(a))) {
            boolean right = Math.abs(Blas.norm(a.length, vector) - Math.sqrt(squares)) < TOLERANCE
                    && Blas.largest(a.length, vector) == largest
                    && Blas.largest(a.length, floats) == largest;
            Blas.negate(a.length, vector);
            Blas.negate(a.length, floats);
            return right
                    && IntStream.range(0, a.length).allMatch(i -> vector.get(i) == -a[i] && floats.get(i) == -a[i]);
        }
    }

    private boolean areFactorsRight() {
        double[] a = wholeNumbers(QR_ROWS * QR_COLUMNS);
        try (Scratch scratch = new Scratch();
                INDArray array = Results.of(DataType.DOUBLE, QR_ROWS, QR_COLUMNS, scratch.of(a), scratch);
                Operand matrix = Operand.of(array, "a matrix")) {
            return gives(a, new HouseholderFactor(matrix, "a matrix", scratch), scratch)
                    && gives(a, CholeskyFactor.of(matrix, "a matrix", TOLERANCE, scratch), scratch);
        }
    }

    /** Returns whether {@code Q (R x) = A x} and {@code Q^T (Q x) = x}. */
    private boolean gives(double[] a, ThinFactor factor, Scratch scratch) {
        if (factor == null) {
            return false;
        }
        double[] x = wholeNumbers(QR_COLUMNS);
        double[] q;
        try (INDArray whole = factor.orthonormalTimes(scratch.of(identity(QR_COLUMNS)), QR_COLUMNS)) {
            q = whole.data().asDouble();
        }
        double[] r = Pointers.toHeap(factor.triangle(), QR_COLUMNS * QR_COLUMNS);
        double[] back = times(q, QR_ROWS, QR_COLUMNS, false, times(r, QR_COLUMNS, QR_COLUMNS, false, x));
        double[] same = times(q, QR_COLUMNS, QR_ROWS, true, times(q, QR_ROWS, QR_COLUMNS, false, x));
        return largestDifference(back, times(a, QR_ROWS, QR_COLUMNS, false, x)) < TOLERANCE * QR_ROWS
                && largestDifference(same, x) < TOLERANCE * QR_ROWS;
    }

    private boolean areSingularVectorsRight() {
        int n = QR_COLUMNS;
        double[] a = wholeNumbers(n * n);
        try (Scratch scratch = new Scratch()) {
            return gives(a, new SmallSvd(n, n, scratch.of(a), scratch));
        } catch (ArrakisException doesNotConverge) {
            return false;
        }
    }

    /** Returns whether {@code U (s (V^T x)) = A x} and {@code U^T (U x) = V^T (V x) = x}. */
    private boolean gives(double[] a, SmallSvd svd) {
        int n = QR_COLUMNS;
        double[] x = wholeNumbers(n);
        double[] u = Pointers.toHeap(svd.u(), n * n);
        double[] v = Pointers.toHeap(svd.v(), n * n);
        double[] coordinates = times(v, n, n, true, x);
        for (int k = 0; k < n; k++) {
            coordinates[k] *= svd.s()[k];
        }
        double tolerance = TOLERANCE * QR_ROWS;
        return largestDifference(times(u, n, n, false, coordinates), times(a, n, n, false, x)) < tolerance
                && largestDifference(times(u, n, n, true, times(u, n, n, false, x)), x) < tolerance
                && largestDifference(times(v, n, n, true, times(v, n, n, false, x)), x) < tolerance;
    }

    private static double[] identity(int n) {
        double[] result = new double[n * n];
        for (int i = 0; i < n; i++) {
            result[i * n + i] = 1;
        }
        return result;
    }

    private double[] wholeNumbers(int count) {
        return random.ints(count, -8, 9).asDoubleStream().toArray();
    }

    /** Multiplies a column-major {@code [rows, columns]} matrix, or one whose transpose is stored, with a vector. */
    private static double[] times(double[] matrix, int rows, int columns, boolean transposed, double[] x) {
        double[] result = new double[rows];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                int at = transposed ? row * columns + column : column * rows + row;
                result[row] += matrix[at] * x[column];
            }
        }
        return result;
    }

    /** Returns NaN where there is one. */
    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
