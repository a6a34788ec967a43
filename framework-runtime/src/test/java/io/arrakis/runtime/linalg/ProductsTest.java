package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.linalg.LinearAlgebra;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ProductsTest {

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 7, 1", "9, 1, 5", "31, 17, 23", "130, 257, 61", "1, 300, 300"})
    void agreesWithPlainLoopsForAllSizesAndTypes(int n, int k, int m) {
        double[][] a = Layout.coarse(n, k, 1);
        double[][] b = Layout.coarse(k, m, 2);
        double[][] expected = PlainLinearAlgebra.product(a, b);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray left = Layout.ROW_MAJOR.of(a, type);
            INDArray right = Layout.ROW_MAJOR.of(b, type);
            INDArray found = linearAlgebra.product(left, false, right, false);
            assertThat(Layout.difference(found, expected)).isZero();
            assertThat(found.dataType()).isEqualTo(type);
            assertThat(found.ordering()).isEqualTo('f');
            assertThat(Layout.difference(linearAlgebra.product(left.transpose().dup(), true, right, false), expected))
                    .isZero();
            assertThat(Layout.difference(
                            linearAlgebra.product(left, false, right.transpose().dup(), true), expected))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryLayoutAndLeavesItAsItWas(Layout layout) {
        double[][] a = Layout.coarse(14, 9, 3);
        double[][] b = Layout.coarse(9, 11, 4);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray left = layout.of(a, type);
            INDArray right = layout.of(b, type);
            INDArray found = linearAlgebra.product(left, false, right, false);
            assertThat(Layout.difference(found, PlainLinearAlgebra.product(a, b)))
                    .isZero();
            assertThat(Layout.difference(left, a)).isZero();
            assertThat(Layout.difference(right, b)).isZero();
            assertThat(left.wasClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"3000, 300, 500", "500, 300, 3000", "1, 3000, 4000"})
    void givesTheSameBitsForAnyNumberOfThreads(int n, int k, int m) {
        INDArray a = Layout.ROW_MAJOR.of(Layout.normal(n, k, 5), DataType.FLOAT);
        INDArray b = Layout.ROW_MAJOR.of(Layout.normal(k, m, 6), DataType.FLOAT);
        INDArray expected = new Nd4jLinearAlgebra(1).product(a, false, b, false);
        for (int threads = 2; threads <= 5; threads++) {
            INDArray found = new Nd4jLinearAlgebra(threads).product(a, false, b, false);
            assertThat(found.sub(expected).amaxNumber().floatValue()).isZero();
        }
        INDArray x = Nd4j.ones(DataType.FLOAT, m, 1);
        INDArray once = linearAlgebra.product(expected, false, x, false);
        INDArray twice = linearAlgebra.product(a, false, linearAlgebra.product(b, false, x, false), false);
        assertThat(once.sub(twice).amaxNumber().floatValue()).isLessThan(0.5f);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 4, 3", "700, 200, 9", "301, 400, 5003"})
    void handsOverEachRowOnce(int n, int k, int m) {
        double[][] a = Layout.coarse(n, k, 7);
        double[][] b = Layout.coarse(k, m, 8);
        INDArray left = Layout.COLUMN_VIEW.of(a, DataType.FLOAT);
        INDArray right = Layout.VIEW.of(b, DataType.FLOAT);
        float[] found = new float[n * m];
        AtomicIntegerArray seen = new AtomicIntegerArray(n);
        linearAlgebra.productRows(left, right, (first, count, values) -> {
            System.arraycopy(values, 0, found, first * m, count * m);
            for (int row = first; row < first + count; row++) {
                seen.incrementAndGet(row);
            }
        });
        for (int row = 0; row < n; row++) {
            assertThat(seen.get(row)).isEqualTo(1);
        }
        INDArray expected = linearAlgebra.product(left, false, right, false);
        assertThat(Nd4j.create(found, new long[] {n, m}, 'c')
                        .sub(expected)
                        .amaxNumber()
                        .floatValue())
                .isZero();
    }

    @Test
    void refusesWhatDoesNotFit() {
        INDArray a = Nd4j.ones(DataType.FLOAT, 3, 4);
        assertThatThrownBy(() -> linearAlgebra.product(a, false, a, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a, FLOAT [3, 4], and b, FLOAT [3, 4]");
        assertThatThrownBy(() -> linearAlgebra.product(a, true, Nd4j.ones(DataType.DOUBLE, 3, 4), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b, DOUBLE [3, 4]");
        assertThatThrownBy(() -> linearAlgebra.product(Nd4j.ones(DataType.INT32, 3, 3), false, a, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a is INT, not FLOAT or DOUBLE");
        assertThatThrownBy(() -> linearAlgebra.product(Nd4j.ones(DataType.FLOAT, 3), false, a, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a is [3], not a matrix");
        INDArray doubles = Nd4j.ones(DataType.DOUBLE, 2, 2);
        assertThatThrownBy(() -> linearAlgebra.productRows(doubles, doubles, (first, count, values) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not FLOAT");
    }
}
