package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.Neighbourhoods;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class NeighbourhoodSearchTest {

    /** Keeps the products of a few thousand rows, or of none. */
    private static final long ALL = 1L << 28;

    /** Coarse entries are small whole numbers, so that sums of products are exact in float32. */
    @ParameterizedTest
    @CsvSource({"2, 3, 5", "7, 4, 3", "512, 6, 9", "513, 6, 9", "700, 5, 64", "1601, 7, 12"})
    void agreesWithPlainSumsWhereProductsAreKeptAndWhereTheyAreComputedAnew(int n, int columns, int k) {
        double[][] a = Layout.coarse(n, columns, 3);
        INDArray rows = Layout.ROW_MAJOR.of(a, DataType.FLOAT);
        agree(new NeighbourhoodSearch(rows, k, ALL).run(new Workers(2)), a, k);
        agree(new NeighbourhoodSearch(rows, k, 0).run(new Workers(2)), a, k);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryLayout(Layout layout) {
        double[][] a = Layout.coarse(40, 5, 4);
        INDArray rows = layout.of(a, DataType.FLOAT);
        agree(new NeighbourhoodSearch(rows, 6, ALL).run(new Workers(2)), a, 6);
        agree(new NeighbourhoodSearch(rows, 6, 0).run(new Workers(2)), a, 6);
        assertThat(Layout.difference(rows, a)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {ALL, 0})
    void givesTheSameBitsForAnyNumberOfThreads(long keptBytes) {
        INDArray rows = Layout.ROW_MAJOR.of(Layout.normal(1500, 33, 5), DataType.FLOAT);
        Neighbourhoods expected = new NeighbourhoodSearch(rows, 10, keptBytes).run(new Workers(1));
        for (int threads = 2; threads < 5; threads++) {
            Neighbourhoods found = new NeighbourhoodSearch(rows, 10, keptBytes).run(new Workers(threads));
            assertThat(found.sums()).isEqualTo(expected.sums());
            assertThat(found.squares()).isEqualTo(expected.squares());
        }
    }

    @Test
    void refusesRowsThatAreNotFinite() {
        INDArray rows = Layout.ROW_MAJOR.of(Layout.normal(600, 8, 6), DataType.FLOAT);
        rows.putScalar(555, 3, Float.NaN);
        assertThatThrownBy(() -> new Nd4jLinearAlgebra(2).neighbourhoods(rows, 5))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FINITE))
                .hasMessageContaining("row 555 of the rows has NaN or infinite numbers");
    }

    private static void agree(Neighbourhoods found, double[][] a, int k) {
        Neighbours near = PlainLinearAlgebra.nearest(a, a, k, Exclusion.SELF);
        double[][] products = PlainLinearAlgebra.product(a, PlainLinearAlgebra.transpose(a));
        for (int row = 0; row < a.length; row++) {
            assertThat(found.squares()[row]).isEqualTo(products[row][row]);
            assertThat(found.neighbours().count(row)).isEqualTo(near.count(row));
            for (int rank = 0; rank < near.count(row); rank++) {
                assertThat(found.neighbours().row(row, rank)).isEqualTo(near.row(row, rank));
                double sum = 0;
                for (int other = 0; other < near.count(row); other++) {
                    sum += products[near.row(row, rank)][near.row(row, other)];
                }
                assertThat(found.sum(row, rank)).isCloseTo(sum, within(1e-9));
                assertThat(found.square(row, rank)).isEqualTo(products[near.row(row, rank)][near.row(row, rank)]);
            }
        }
    }
}
