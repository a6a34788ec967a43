package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.problem.ArrakisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ColumnRanksTest {

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 5", "40, 63", "41, 64", "200, 131"})
    void agreesWithCountingWhatIsSmaller(int rows, int columns) {
        double[][] a = Layout.coarse(rows, columns, 1);
        INDArray found = linearAlgebra.columnRanks(Layout.ROW_MAJOR.of(a, DataType.FLOAT));
        assertThat(Layout.difference(found, PlainLinearAlgebra.columnRanks(a))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryLayoutAndLeavesItAsItWas(Layout layout) {
        double[][] a = Layout.normal(50, 70, 2);
        INDArray matrix = layout.of(a, DataType.FLOAT);
        assertThat(Layout.difference(linearAlgebra.columnRanks(matrix), PlainLinearAlgebra.columnRanks(a)))
                .isZero();
        assertThat(Layout.difference(matrix, a)).isLessThan(1e-6);
    }

    @Test
    void ranksInfinitiesAndTiesZerosOfBothSigns() {
        INDArray column = Nd4j.create(
                new float[] {0f, Float.POSITIVE_INFINITY, -0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -1f},
                new long[] {6, 1},
                'c');
        assertThat(linearAlgebra.columnRanks(column).toFloatVector()).containsExactly(3.5f, 6f, 3.5f, 1f, 5f, 2f);
    }

    @Test
    void refusesNaNAndOtherTypes() {
        INDArray a = Nd4j.ones(DataType.FLOAT, 5, 3);
        a.putScalar(4, 2, Float.NaN);
        assertThatThrownBy(() -> linearAlgebra.columnRanks(a))
                .isInstanceOf(ArrakisException.class)
                .hasMessageContaining("row 4 of column 2 of a matrix to rank is NaN");
        assertThatThrownBy(() -> linearAlgebra.columnRanks(Nd4j.ones(DataType.DOUBLE, 5, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DOUBLE [5, 3]");
    }
}
