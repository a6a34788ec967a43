package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RowSearchTest {

    private static final float TOLERANCE = 1e-4f;

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "3, 5, 2, 9",
        "7, 300, 13, 5",
        "1025, 1, 4, 3",
        "2, 2051, 33, 50",
        "1030, 1100, 17, 12",
        "5, 1100, 3, 1100"
    })
    void agreesWithSortingWholeRows(int queries, int base, int columns, int k) {
        double[][] a = Layout.coarse(queries, columns, 1);
        double[][] b = Layout.coarse(base, columns, 2);
        agree(
                linearAlgebra.nearest(floats(a), floats(b), k, Exclusion.NONE),
                PlainLinearAlgebra.nearest(a, b, k, Exclusion.NONE));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 3, 5", "1024, 8, 3", "1025, 8, 3", "2300, 9, 20"})
    void agreesForRowsAmongThemselves(int n, int columns, int k) {
        double[][] a = Layout.coarse(n, columns, 3);
        INDArray rows = floats(a);
        Exclusion sameTen = (query, base) -> query / 10 == base / 10;
        agree(linearAlgebra.nearest(rows, rows, k, sameTen), PlainLinearAlgebra.nearest(a, a, k, sameTen));
    }

    /** Products that are too large for float32, of rows that are finite: the same rows come out as of two sources. */
    @ParameterizedTest
    @ValueSource(ints = {3, 100})
    void losesNoRowWhereProductsOverflow(int k) {
        double[][] a = Layout.normal(1154, 3, 6);
        for (int row = 4; row < a.length; row += 9) { // not the first of a block, which would be refused
            for (int i = 0; i < 3; i++) {
                a[row][i] *= 1e25;
            }
        }
        INDArray rows = floats(a);
        Neighbours among = linearAlgebra.nearest(rows, rows, k, Exclusion.SELF);
        Neighbours ofTwo = linearAlgebra.nearest(rows, floats(a), k, Exclusion.SELF);
        for (int query = 0; query < a.length; query++) {
            for (int rank = 0; rank < k; rank++) {
                assertThat(among.similarity(query, rank)).isEqualTo(ofTwo.similarity(query, rank));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryLayoutAndLeavesItAsItWas(Layout layout) {
        double[][] a = Layout.coarse(30, 5, 4);
        INDArray rows = layout.of(a, DataType.FLOAT);
        agree(
                linearAlgebra.nearest(rows, rows, 6, Exclusion.SELF),
                PlainLinearAlgebra.nearest(a, a, 6, Exclusion.SELF));
        assertThat(Layout.difference(rows, a)).isZero();
        assertThat(rows.wasClosed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void givesTheSameBitsForAnyNumberOfThreads(int threads) {
        INDArray rows = floats(Layout.normal(3000, 40, 5));
        Neighbours expected = linearAlgebra.nearest(rows, rows, 10, Exclusion.SELF);
        Neighbours found = new Nd4jLinearAlgebra(threads).nearest(rows, rows, 10, Exclusion.SELF);
        for (int query = 0; query < 3000; query++) {
            for (int rank = 0; rank < 10; rank++) {
                assertThat(found.row(query, rank)).isEqualTo(expected.row(query, rank));
                assertThat(found.similarity(query, rank)).isEqualTo(expected.similarity(query, rank));
            }
        }
    }

    @Test
    void readsRowsThatAreMadeOnTheWay() {
        double[][] a = Layout.coarse(2100, 6, 6);
        double[][] b = Layout.coarse(1500, 6, 7);
        agree(
                linearAlgebra.nearest(reader(a), reader(b), Search.nearest(8, Exclusion.NONE)),
                PlainLinearAlgebra.nearest(a, b, 8, Exclusion.NONE));
        RowSource same = reader(a);
        agree(
                linearAlgebra.nearest(same, same, Search.nearest(8, Exclusion.SELF)),
                PlainLinearAlgebra.nearest(a, a, 8, Exclusion.SELF));
    }

    @Test
    void handsOverEachPairAtOrAboveTheThresholdOnce() {
        double[][] a = Layout.coarse(1100, 4, 8);
        double[][] b = Layout.coarse(1300, 4, 9);
        Exclusion odd = (query, row) -> (query + row) % 2 == 1;
        double[][] found = new double[1100][1300];
        Search search = Search.nearest(5, odd).handingOver(20, (query, rows, similarities, count) -> {
            synchronized (found) {
                for (int i = 0; i < count; i++) {
                    found[query][rows[i]] += similarities[i];
                }
            }
        });
        Neighbours nearest = linearAlgebra.nearest(RowSource.of(floats(a)), RowSource.of(floats(b)), search);
        agree(nearest, PlainLinearAlgebra.nearest(a, b, 5, odd));
        double[][] all = PlainLinearAlgebra.product(a, PlainLinearAlgebra.transpose(b));
        for (int query = 0; query < 1100; query++) {
            for (int row = 0; row < 1300; row++) {
                boolean expected = all[query][row] >= 20 && !odd.excludes(query, row);
                assertThat(found[query][row]).isEqualTo(expected ? all[query][row] : 0);
            }
        }
    }

    @Test
    void handsOverBothOrdersOfAPairAmongTheSameRows() {
        INDArray rows = floats(Layout.coarse(1200, 5, 10));
        AtomicLong pairs = new AtomicLong();
        RowSource source = RowSource.of(rows);
        linearAlgebra.nearest(
                source,
                source,
                Search.nearest(1, Exclusion.SELF)
                        .handingOver(
                                Float.NEGATIVE_INFINITY,
                                (query, found, similarities, count) -> pairs.addAndGet(count)));
        assertThat(pairs.get()).isEqualTo(1200L * 1199);
    }

    @Test
    void asksForNoPairThatIsNotAmongTheBestSoFar() {
        INDArray rows = floats(Layout.normal(4000, 20, 11));
        AtomicLong asked = new AtomicLong();
        linearAlgebra.nearest(rows, rows, 5, (query, row) -> {
            asked.incrementAndGet();
            return query == row;
        });
        assertThat(asked.get()).isLessThan(4000L * 4000 / 10);
    }

    @Test
    void ordersDuplicatesByRow() {
        INDArray ones = Nd4j.ones(DataType.FLOAT, 1500, 3);
        Neighbours found = linearAlgebra.nearest(ones, ones, 4, Exclusion.SELF);
        assertThat(found.row(0, 0)).isEqualTo(1);
        for (int query = 4; query < 1500; query++) {
            for (int rank = 0; rank < 4; rank++) {
                assertThat(found.row(query, rank)).isEqualTo(rank);
            }
        }
    }

    @Test
    void treatsZeroRowsAsRows() {
        INDArray rows = Nd4j.zeros(DataType.FLOAT, 3, 2);
        rows.putScalar(1, 0, -1);
        Neighbours found = linearAlgebra.nearest(rows, rows, 5, Exclusion.SELF);
        assertThat(found.count(1)).isEqualTo(2);
        assertThat(found.row(1, 0)).isZero();
        assertThat(found.similarity(1, 0)).isZero();
        assertThat(found.row(1, 2)).isEqualTo(-1);
        assertThat(found.similarity(1, 2)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0, 0", "Infinity, 1200, 2", "-Infinity, 1999, 1"})
    void saysWhichRowIsNotFinite(float bad, int row, int column) {
        INDArray rows = floats(Layout.normal(2000, 3, 12));
        rows.putScalar(row, column, bad);
        INDArray good = floats(Layout.normal(1500, 3, 13));
        refused(() -> linearAlgebra.nearest(rows, rows, 1, Exclusion.SELF), "row " + row + " of the rows");
        refused(() -> linearAlgebra.nearest(rows, good, 1, Exclusion.NONE), "row " + row + " of the queries");
        refused(() -> linearAlgebra.nearest(good, rows, 1, Exclusion.NONE), "row " + row + " of the base");
    }

    @Test
    void saysThatAProductIsTooLarge() {
        INDArray rows = Nd4j.valueArrayOf(new long[] {5, 2}, 1e30, DataType.FLOAT);
        refused(() -> linearAlgebra.nearest(rows, rows, 1, Exclusion.SELF), "too large for float32");
    }

    @Test
    void refusesWhatDoesNotFit() {
        INDArray a = Nd4j.ones(DataType.FLOAT, 3, 4);
        assertThatThrownBy(() -> linearAlgebra.nearest(a, Nd4j.ones(DataType.FLOAT, 3, 5), 1, Exclusion.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queries have 4 columns, the base has 5");
        assertThatThrownBy(() -> linearAlgebra.nearest(a, a, 0, Exclusion.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k is 0, less than 1");
        assertThatThrownBy(() -> linearAlgebra.nearest(a, Nd4j.ones(DataType.DOUBLE, 3, 4), 1, Exclusion.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DOUBLE [3, 4] is not a matrix of FLOAT");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FINITE))
                .hasMessageContaining(message);
    }

    private static INDArray floats(double[][] values) {
        return Layout.ROW_MAJOR.of(values, DataType.FLOAT);
    }

    private static RowSource reader(double[][] values) {
        return new RowSource() {
            @Override
            public int rows() {
                return values.length;
            }

            @Override
            public int columns() {
                return values[0].length;
            }

            @Override
            public void read(int first, int count, float[] target) {
                for (int row = 0; row < count; row++) {
                    for (int column = 0; column < columns(); column++) {
                        target[row * columns() + column] = (float) values[first + row][column];
                    }
                }
            }
        };
    }

    private static void agree(Neighbours found, Neighbours expected) {
        assertThat(found.queries()).isEqualTo(expected.queries());
        assertThat(found.k()).isEqualTo(expected.k());
        for (int query = 0; query < found.queries(); query++) {
            for (int rank = 0; rank < found.k(); rank++) {
                assertThat(found.row(query, rank))
                        .as("query %d, rank %d", query, rank)
                        .isEqualTo(expected.row(query, rank));
                if (expected.row(query, rank) >= 0) {
                    assertThat(found.similarity(query, rank))
                            .isCloseTo(expected.similarity(query, rank), within(TOLERANCE));
                }
            }
        }
    }
}
