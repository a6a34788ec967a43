package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DecompositionsTest {

    /** Rounding of a float32 entry near 1, a few times over. */
    private static final double FLOAT = 1e-6;

    private static final double DOUBLE = 1e-13;

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "65, 13", "385, 32", "400, 150"})
    void qrAgreesWithGramSchmidt(int n, int columns) {
        double[][] a = Layout.normal(n, columns, 1);
        double[][] q = PlainLinearAlgebra.orthonormalColumns(a);
        double[][] r = PlainLinearAlgebra.product(PlainLinearAlgebra.transpose(q), a);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            double tolerance = (type == DataType.FLOAT ? FLOAT : DOUBLE) * 100;
            LinearAlgebra.Qr found = linearAlgebra.thinQr(Layout.ROW_MAJOR.of(a, type));
            assertThat(Layout.difference(found.q(), q)).isLessThan(tolerance);
            assertThat(Layout.difference(found.r(), r)).isLessThan(tolerance * Math.sqrt(n));
            assertThat(found.q().dataType()).isEqualTo(type);
            for (int i = 1; i < columns; i++) {
                assertThat(found.r().getDouble(i, i - 1)).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryLayoutAndLeavesItAsItWas(Layout layout) {
        double[][] a = Layout.normal(21, 4, 2);
        double[][] b = Layout.normal(17, 4, 3);
        INDArray left = layout.of(a, DataType.DOUBLE);
        INDArray right = layout.of(b, DataType.DOUBLE);
        double[][] product = PlainLinearAlgebra.product(a, PlainLinearAlgebra.transpose(b));
        assertThat(Layout.difference(back(linearAlgebra.thinQr(left)), a)).isLessThan(DOUBLE * 10);
        assertThat(Layout.difference(back(linearAlgebra.smallSvd(left)), a)).isLessThan(DOUBLE * 10);
        assertThat(Layout.difference(back(productSvd(left, right)), product)).isLessThan(DOUBLE * 100);
        assertThat(Layout.difference(left, a)).isZero();
        assertThat(left.wasClosed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "65, 13", "13, 65", "1, 9", "128, 128"})
    void smallSvdAgreesWithJacobi(int n, int columns) {
        double[][] a = Layout.normal(n, columns, 4);
        double[] expected = PlainLinearAlgebra.singularValues(a);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            double tolerance = (type == DataType.FLOAT ? FLOAT : DOUBLE) * 100;
            LinearAlgebra.Svd svd = linearAlgebra.smallSvd(Layout.ROW_MAJOR.of(a, type));
            assertThat(svd.s()).containsExactly(expected, within(tolerance));
            assertThat(Layout.difference(back(svd), a)).isLessThan(tolerance);
            orthonormal(svd.u(), tolerance);
            orthonormal(svd.v(), tolerance);
        }
    }

    /** Also where there are more columns than rows, so that no thin QR exists. */
    @ParameterizedTest
    @CsvSource({"40, 40, 8", "385, 385, 32", "9, 50, 20", "50, 9, 20", "3, 4, 7", "1, 1, 1"})
    void productSvdAgreesWithTheProduct(int n, int m, int inner) {
        double[][] a = Layout.normal(n, inner, 5);
        double[][] b = Layout.normal(m, inner, 6);
        double[][] product = PlainLinearAlgebra.product(a, PlainLinearAlgebra.transpose(b));
        double largest = PlainLinearAlgebra.singularValues(product)[0];
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            double tolerance = (type == DataType.FLOAT ? FLOAT : DOUBLE) * largest;
            LinearAlgebra.Svd svd = productSvd(Layout.ROW_MAJOR.of(a, type), Layout.ROW_MAJOR.of(b, type));
            assertThat(svd.s()).hasSize(Math.min(inner, Math.min(n, m)));
            assertThat(Layout.difference(back(svd), product)).isLessThan(tolerance);
            orthonormal(svd.u(), 10 * (type == DataType.FLOAT ? FLOAT : DOUBLE));
            orthonormal(svd.v(), 10 * (type == DataType.FLOAT ? FLOAT : DOUBLE));
            assertThat(svd.u().dataType()).isEqualTo(type);
        }
    }

    /** Cholesky QR would lose orthogonality, or fail. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6, 0})
    void staysOrthonormalWhereColumnsAreNearlyOrFullyDependent(double difference) {
        double[][] a = Layout.normal(60, 6, 7);
        for (double[] row : a) {
            row[3] = row[1] + difference * row[3];
            row[5] = 0;
        }
        INDArray matrix = Layout.ROW_MAJOR.of(a, DataType.FLOAT);
        LinearAlgebra.Qr qr = linearAlgebra.thinQr(matrix);
        orthonormal(qr.q(), 10 * FLOAT);
        assertThat(Layout.difference(back(qr), a)).isLessThan(10 * FLOAT);
        LinearAlgebra.Svd svd = productSvd(matrix, matrix);
        orthonormal(svd.u(), 10 * FLOAT);
        assertThat(svd.s()[5]).isCloseTo(0, within(100 * FLOAT));
    }

    /** More rows than are widened at a time, and none of the sizes a multiple of it. */
    @ParameterizedTest
    @EnumSource
    void readsTallFloat32MatricesOfEveryLayout(Layout layout) {
        double[][] a = Layout.normal(600, 7, 12);
        double[][] b = Layout.normal(257, 7, 13);
        INDArray left = layout.of(a, DataType.FLOAT);
        INDArray right = layout.of(b, DataType.FLOAT);
        LinearAlgebra.Qr qr = linearAlgebra.thinQr(left);
        assertThat(Layout.difference(back(qr), a)).isLessThan(10 * FLOAT);
        orthonormal(qr.q(), FLOAT);
        LinearAlgebra.Svd svd = productSvd(left, right);
        double[][] product = PlainLinearAlgebra.product(a, PlainLinearAlgebra.transpose(b));
        assertThat(Layout.difference(back(svd), product)).isLessThan(FLOAT * svd.s()[0]);
        orthonormal(svd.u(), FLOAT);
        orthonormal(svd.v(), FLOAT);
    }

    /** On both sides of where the product with the matrix is float32. */
    @ParameterizedTest
    @CsvSource({
        "8, 1",
        "8, 30",
        "8, 300",
        "8, 5000",
        "8, 1e4",
        "128, 1",
        "128, 5",
        "128, 50",
        "128, 840",
        "128, 5000",
        "128, 1e4"
    })
    void vectorsOfFloat32AreNearThoseOfFloat64(int columns, double condition) {
        double[][] a = PlainLinearAlgebra.orthonormalColumns(Layout.normal(300, columns, 9));
        double[][] turned = PlainLinearAlgebra.orthonormalColumns(Layout.normal(columns, columns, 10));
        for (double[] row : a) {
            row[0] *= Math.sqrt(condition); // one strong and one weak direction, which no column of the matrix is
            row[1] /= Math.sqrt(condition);
        }
        INDArray matrix = Layout.ROW_MAJOR.of(PlainLinearAlgebra.product(a, turned), DataType.FLOAT);
        LinearAlgebra.Qr qr = linearAlgebra.thinQr(matrix);
        LinearAlgebra.Qr exact = linearAlgebra.thinQr(matrix.castTo(DataType.DOUBLE));
        orthonormal(qr.q(), 10 * FLOAT);
        assertThat(Layout.difference(qr.q(), matrix(exact.q()))).isLessThan(4 * FLOAT);
        LinearAlgebra.Svd svd = productSvd(matrix, matrix);
        orthonormal(svd.u(), 10 * FLOAT);
        orthonormal(svd.v(), 10 * FLOAT);
    }

    /** Numbers that float32 holds, with squares or inverses that it does not. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-42, 1e-40, 1e-20, 1e20, 1e37})
    void takesVerySmallAndVeryLargeFloat32Numbers(double scale) {
        double[][] a = Layout.normal(400, 16, 11);
        for (double[] row : a) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= scale;
            }
        }
        INDArray matrix = Layout.ROW_MAJOR.of(a, DataType.FLOAT);
        orthonormal(linearAlgebra.thinQr(matrix).q(), 10 * FLOAT);
        LinearAlgebra.Svd svd = productSvd(matrix, Layout.ROW_MAJOR.of(Layout.normal(40, 16, 16), DataType.FLOAT));
        orthonormal(svd.u(), 10 * FLOAT);
        orthonormal(svd.v(), 10 * FLOAT);
    }

    @Test
    void givesTheSameBitsForAnyNumberOfThreads() {
        List<INDArray> many = IntStream.range(0, 7)
                .mapToObj(i -> Layout.ROW_MAJOR.of(Layout.normal(300 + i, 16, 200 + i), DataType.FLOAT))
                .toList();
        List<LinearAlgebra.Svd> expected = linearAlgebra.productSvd(many, many);
        for (int threads = 1; threads <= 4; threads++) {
            List<LinearAlgebra.Svd> found = new Nd4jLinearAlgebra(threads).productSvd(many, many);
            for (int i = 0; i < many.size(); i++) {
                assertThat(found.get(i).u()).isEqualTo(expected.get(i).u());
                assertThat(found.get(i).v()).isEqualTo(expected.get(i).v());
            }
        }
    }

    @Test
    void refusesArraysThatWereClosed() {
        INDArray result =
                linearAlgebra.product(Nd4j.ones(DataType.FLOAT, 6, 5), false, Nd4j.ones(DataType.FLOAT, 5, 4), false);
        INDArray turned = result.transpose();
        INDArray other = Nd4j.ones(DataType.FLOAT, 6, 4);
        result.close();
        for (INDArray closed : List.of(result, turned)) {
            closed(() -> linearAlgebra.product(closed, false, other, closed == result));
            closed(() -> linearAlgebra.columnRanks(closed));
            closed(() -> linearAlgebra.thinQr(closed));
            closed(() -> linearAlgebra.smallSvd(closed));
            closed(() -> productSvd(closed, other));
            closed(() -> linearAlgebra.nearest(closed, closed, 1, Exclusion.NONE));
            closed(() -> linearAlgebra.neighbourhoods(closed, 1));
        }
    }

    private static void closed(ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("was closed");
    }

    @Test
    void takesZeroMatrices() {
        INDArray zero = Nd4j.zeros(DataType.FLOAT, 5, 3);
        assertThat(linearAlgebra.smallSvd(zero).s()).containsOnly(0);
        orthonormal(linearAlgebra.thinQr(zero).q(), FLOAT);
        assertThat(productSvd(zero, Nd4j.ones(DataType.FLOAT, 4, 3)).s()).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, 1", "FLOAT, 1", "FLOAT, 1e-7"})
    void makesTheLargestCoordinateOfEachLeftVectorPositive(DataType type, double weakest) {
        double[][] a = Layout.normal(30, 6, 8);
        for (double[] row : a) {
            row[5] = row[4] + weakest * row[5]; // far on, or beyond, what is done in float32
        }
        INDArray matrix = Layout.ROW_MAJOR.of(a, type);
        INDArray opposite = matrix.neg();
        LinearAlgebra.Svd svd = productSvd(matrix, matrix);
        LinearAlgebra.Svd same = productSvd(opposite, opposite);
        for (int k = 0; k < 6; k++) {
            INDArray u = svd.u().getColumn(k);
            assertThat(u.maxNumber().doubleValue()).isEqualTo(u.amaxNumber().doubleValue());
        }
        assertThat(Layout.difference(same.u(), matrix(svd.u()))).isLessThan(DOUBLE * 100);
    }

    @Test
    void decomposesManyAtOnceInTheirOrder() {
        List<INDArray> many = IntStream.range(0, 9)
                .mapToObj(i -> Layout.ROW_MAJOR.of(Layout.normal(20 + i, 4, 100 + i), DataType.FLOAT))
                .toList();
        List<INDArray> shared = Collections.nCopies(9, many.get(0));
        List<LinearAlgebra.Svd> found = linearAlgebra.productSvd(many, shared);
        for (int i = 0; i < 9; i++) {
            LinearAlgebra.Svd alone = productSvd(many.get(i), many.get(0));
            assertThat(found.get(i).s()).isEqualTo(alone.s());
            assertThat(found.get(i).u()).isEqualTo(alone.u());
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesWhatIsNotFinite(float bad) {
        INDArray a = Nd4j.ones(DataType.FLOAT, 5, 3);
        a.putScalar(4, 2, bad);
        INDArray tall = Layout.COLUMN_MAJOR.of(Layout.normal(500, 3, 14), DataType.FLOAT);
        notFinite(() -> linearAlgebra.smallSvd(a));
        notFinite(() -> productSvd(Nd4j.ones(DataType.FLOAT, 4, 3), a));
        notFinite(() -> productSvd(a, tall));
        notFinite(() -> linearAlgebra.thinQr(a));
        tall.putScalar(300, 1, bad);
        notFinite(() -> linearAlgebra.thinQr(tall));
        notFinite(() -> productSvd(Layout.ROW_MAJOR.of(Layout.normal(300, 3, 15), DataType.FLOAT), tall));
    }

    @Test
    void refusesWhatDoesNotFit() {
        INDArray wide = Nd4j.ones(DataType.FLOAT, 2, 3);
        assertThatThrownBy(() -> linearAlgebra.thinQr(wide))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a matrix of [2, 3] is wider than tall");
        assertThatThrownBy(() -> productSvd(wide, Nd4j.ones(DataType.FLOAT, 2, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as many columns");
        assertThatThrownBy(() -> linearAlgebra.productSvd(List.of(wide), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 factors a, 0 factors b");
    }

    private LinearAlgebra.Svd productSvd(INDArray a, INDArray b) {
        return linearAlgebra.productSvd(List.of(a), List.of(b)).get(0);
    }

    private static void notFinite(ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FINITE))
                .hasMessageContaining("has NaN or infinite numbers");
    }

    private static INDArray back(LinearAlgebra.Qr qr) {
        return Nd4j.createFromArray(PlainLinearAlgebra.product(matrix(qr.q()), matrix(qr.r())));
    }

    private static INDArray back(LinearAlgebra.Svd svd) {
        double[][] scaled = matrix(svd.u());
        for (double[] row : scaled) {
            for (int k = 0; k < row.length; k++) {
                row[k] *= svd.s()[k];
            }
        }
        double[][] vt = PlainLinearAlgebra.transpose(matrix(svd.v()));
        return Nd4j.createFromArray(PlainLinearAlgebra.product(scaled, vt));
    }

    private static void orthonormal(INDArray columns, double tolerance) {
        double[][] q = matrix(columns);
        double[][] identity = new double[q[0].length][q[0].length];
        for (int i = 0; i < identity.length; i++) {
            identity[i][i] = 1;
        }
        INDArray gram = Nd4j.createFromArray(PlainLinearAlgebra.product(PlainLinearAlgebra.transpose(q), q));
        assertThat(Layout.difference(gram, identity)).isLessThan(tolerance);
    }

    private static double[][] matrix(INDArray a) {
        return a.castTo(DataType.DOUBLE).toDoubleMatrix();
    }
}
