package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.problem.ArrakisException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class RowSearchTest {

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 5, 2, 9", "7, 300, 13, 5", "1025, 1, 4, 3", "2, 2051, 33, 50", "1030, 1100, 17, 12"})
    void agreesWithSortingWholeRows(int queries, int base, int columns, int k) {
        float[][] a = coarse(queries, columns, 1);
        float[][] b = coarse(base, columns, 2);
        agree(
                linearAlgebra.nearest(Nd4j.create(a), Nd4j.create(b), k, Exclusion.NONE),
                PlainLinearAlgebra.nearest(doubles(a), doubles(b), k, Exclusion.NONE));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 3, 5", "1024, 8, 3", "1025, 8, 3", "2300, 9, 20"})
    void agreesForRowsAmongThemselves(int n, int columns, int k) {
        float[][] a = coarse(n, columns, 3);
        INDArray rows = Nd4j.create(a);
        Exclusion sameTen = (query, base) -> query / 10 == base / 10;
        agree(
                linearAlgebra.nearest(rows, rows, k, sameTen),
                PlainLinearAlgebra.nearest(doubles(a), doubles(a), k, sameTen));
    }

    @Test
    void readsViewsAndBothLayouts() {
        float[][] a = coarse(40, 9, 4);
        INDArray big = Nd4j.create(a);
        INDArray view = big.get(NDArrayIndex.interval(5, 35), NDArrayIndex.interval(2, 7));
        INDArray columnMajor = view.dup('f');
        Neighbours expected = linearAlgebra.nearest(view.dup('c'), view.dup('c'), 6, Exclusion.SELF);
        agree(linearAlgebra.nearest(view, view, 6, Exclusion.SELF), expected);
        agree(linearAlgebra.nearest(columnMajor, view, 6, Exclusion.SELF), expected);
        assertThat(big).isEqualTo(Nd4j.create(a));
    }

    @Test
    void ordersDuplicatesByRow() {
        INDArray ones = Nd4j.ones(org.nd4j.linalg.api.buffer.DataType.FLOAT, 1500, 3);
        Neighbours found = linearAlgebra.nearest(ones, ones, 4, Exclusion.SELF);
        assertThat(found.row(0, 0)).isEqualTo(1);
        for (int query = 4; query < 1500; query++) {
            for (int rank = 0; rank < 4; rank++) {
                assertThat(found.row(query, rank)).isEqualTo(rank);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void rejectsWhatIsNotFinite(float bad) {
        INDArray rows = Nd4j.ones(org.nd4j.linalg.api.buffer.DataType.FLOAT, 5, 3);
        rows.putScalar(3, 1, bad);
        assertThatThrownBy(() -> linearAlgebra.nearest(rows, rows, 1, Exclusion.SELF))
                .isInstanceOf(ArrakisException.class)
                .hasMessageContaining("NaN or infinite");
    }

    private static void agree(Neighbours found, Neighbours expected) {
        assertThat(found.queries()).isEqualTo(expected.queries());
        for (int query = 0; query < found.queries(); query++) {
            for (int rank = 0; rank < found.k(); rank++) {
                assertThat(found.row(query, rank))
                        .as("query %d, rank %d", query, rank)
                        .isEqualTo(expected.row(query, rank));
                if (expected.row(query, rank) >= 0) {
                    assertThat(found.similarity(query, rank))
                            .isCloseTo(expected.similarity(query, rank), within(1e-4f));
                }
            }
        }
    }

    /** Numbers with few values, so that products are exact and ties are many. */
    private static float[][] coarse(int rows, int columns, int seed) {
        Random random = new Random(seed);
        float[][] result = new float[rows][columns];
        for (float[] row : result) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(9) - 4;
            }
        }
        return result;
    }

    private static double[][] doubles(float[][] a) {
        double[][] result = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[i][j] = a[i][j];
            }
        }
        return result;
    }
}
