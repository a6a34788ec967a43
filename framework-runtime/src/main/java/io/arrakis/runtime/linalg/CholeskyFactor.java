package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Thin QR by the Cholesky factor of the Gram matrix: products alone, and the orthonormal columns need not be formed.
 *
 * <p>It loses orthogonality as the square of the condition number, which the norms of the triangle and of its inverse bound;
 * so it is taken only where it is known to be good enough. Gram matrix and triangle are float64. The product with the matrix
 * itself, half of the work, is float32 where the matrix is and where that loses next to nothing.
 *
 * @see "Stathopoulos and Wu 2002, A block orthogonalization procedure with constant synchronization requirements, section 3"
 */
final class CholeskyFactor extends ThinFactor {

    /** Rows that are widened to float64 at a time; a block of 128 columns stays in the cache. */
    private static final int ROWS_AT_ONCE = 256;

    /**
     * Norm of the matrix times the longest column that it is multiplied with, up to which the product, of length 1, is taken in
     * float32: a column is then wrong by at most some 4e-6. Orthonormal columns have the root of their number, 11 for 128.
     */
    private static final double WELL_CONDITIONED = 64;

    /** Columns of lengths whose entries float32 holds to all digits. */
    private static final double SHORTEST = 1e-30;

    private static final double LONGEST = 1e30;

    private final Operand matrix;
    private final String name;
    private final int columns;
    private final DoublePointer triangle;
    private final DoublePointer inverse;

    private CholeskyFactor(Operand matrix, String name, Scratch scratch) {
        super(matrix, matrix.columns(), scratch);
        this.matrix = matrix;
        this.name = name;
        this.columns = matrix.columns();
        this.triangle = scratch.zeros((long) columns * columns);
        this.inverse = scratch.take((long) columns * columns);
    }

    /**
     * Returns the factor of a tall matrix, or null where it would not be orthonormal enough.
     *
     * @param name for messages
     * @param loss largest allowed difference of {@code Q^T Q} from the identity, about
     */
    static CholeskyFactor of(Operand matrix, String name, double loss, Scratch scratch) {
        CholeskyFactor factor = new CholeskyFactor(matrix, name, scratch);
        return factor.loses() < loss ? factor : null;
    }

    /** Computes triangle and inverse; returns a bound on the loss of orthogonality, infinite where there is none. */
    private double loses() {
        gram();
        if (!Blas.cholesky(columns, triangle)) {
            return Double.POSITIVE_INFINITY;
        }
        Pointer.memcpy(inverse, triangle, (long) columns * columns * Double.BYTES);
        if (!Blas.invertTriangle(columns, inverse)) {
            return Double.POSITIVE_INFINITY;
        }
        // Frobenius norms, which are at least the largest singular values.
        double bound = Blas.norm(columns * columns, triangle) * Blas.norm(columns * columns, inverse);
        return bound * bound * Math.ulp(1.0);
    }

    private void gram() {
        DoublePointer block = scratch().take((long) Math.min(ROWS_AT_ONCE, rows()) * columns);
        for (int first = 0; first < rows(); first += ROWS_AT_ONCE) {
            int count = Math.min(ROWS_AT_ONCE, rows() - first);
            Blas.addGram(count, columns, matrix.copyRows(first, count, block, scratch()), triangle);
        }
        double[] squares = new double[columns];
        for (int column = 0; column < columns; column++) {
            squares[column] = triangle.get((long) column * columns + column);
        }
        NotFinite.require(squares, columns, matrix, name); // one bad entry makes the square of its column one
    }

    @Override
    DoublePointer triangle() {
        return triangle;
    }

    @Override
    INDArray orthonormalTimes(DoublePointer small, int count) {
        DoublePointer solved = product(new Blas.DoublePart(inverse, columns, false), columns, small, count);
        if (matrix.type() == DataType.FLOAT && suitsFloat32(solved, count)) {
            return inFloat32(solved, count);
        }
        return result(product(matrix.copy(scratch(), name), rows(), solved, count), count);
    }

    private boolean suitsFloat32(DoublePointer solved, int count) {
        double norm = Blas.norm(columns * columns, triangle);
        for (int column = 0; column < count; column++) {
            double length = Blas.norm(columns, solved.getPointer((long) column * columns));
            if (!(norm * length <= WELL_CONDITIONED && length > SHORTEST && length < LONGEST)) {
                return false;
            }
        }
        return true;
    }

    private INDArray inFloat32(DoublePointer solved, int count) {
        FloatPointer factor = scratch().floats((long) columns * count);
        Results.narrow(solved, factor, (long) columns * count, scratch());
        INDArray result = Results.columnMajor(DataType.FLOAT, rows(), count);
        Blas.product(
                new Blas.Sizes(rows(), count, columns),
                matrix.floats(),
                new Blas.FloatPart(factor, columns, false),
                new FloatPointer(result.data().addressPointer()),
                rows());
        Results.written(result);
        return result;
    }
}
