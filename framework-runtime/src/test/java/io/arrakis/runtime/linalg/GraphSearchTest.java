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
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GraphSearchTest {

    private static final int WIDTH = 24;

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);

    /** The second has more than one part. */
    @ParameterizedTest
    @CsvSource({"1500, 60, 10", "5000, 40, 20"})
    void findsNearlyAllThatExactSearchFinds(int n, int asked, int k) {
        RowSource base = RowSource.of(rows(n, 1));
        RowSource queries = RowSource.of(rows(asked, 2));
        Search search = Search.nearest(k, Exclusion.NONE);
        Neighbours exact = linearAlgebra.nearest(queries, base, search);
        Neighbours found = linearAlgebra.nearestByGraph(queries, base, search);
        assertThat(recall(found, exact)).isGreaterThan(0.95);
        for (int query = 0; query < asked; query++) {
            assertThat(found.similarity(query, 0)).isCloseTo(exact.similarity(query, 0), within(1e-4f));
        }
    }

    @Test
    void findsOnlyAllowedRowsEachOnceNearestFirst() {
        INDArray matrix = rows(2000, 3);
        RowSource base = RowSource.of(matrix);
        Exclusion even = (query, row) -> query == row || (query + row) % 2 == 0;
        Neighbours found = linearAlgebra.nearestByGraph(base, base, Search.nearest(7, even));
        for (int query = 0; query < 2000; query++) {
            int of = query;
            int[] near = IntStream.range(0, 7).map(rank -> found.row(of, rank)).toArray();
            assertThat(near).doesNotHaveDuplicates();
            assertThat(IntStream.of(near)).allMatch(row -> (of + row) % 2 == 1);
            for (int rank = 1; rank < 7; rank++) {
                assertThat(found.similarity(query, rank)).isLessThanOrEqualTo(found.similarity(query, rank - 1));
            }
        }
    }

    @Test
    void findsTheSameForAnyNumberOfThreads() {
        RowSource base = RowSource.of(rows(9000, 4));
        RowSource queries = RowSource.of(rows(50, 5));
        Search search = Search.nearest(10, Exclusion.NONE);
        Neighbours expected = new Nd4jLinearAlgebra(1).nearestByGraph(queries, base, search);
        Neighbours found = new Nd4jLinearAlgebra(3).nearestByGraph(queries, base, search);
        for (int query = 0; query < 50; query++) {
            for (int rank = 0; rank < 10; rank++) {
                assertThat(found.row(query, rank)).isEqualTo(expected.row(query, rank));
                assertThat(found.similarity(query, rank)).isEqualTo(expected.similarity(query, rank));
            }
        }
    }

    @Test
    void leavesPlacesEmptyWhereThereAreFewerRows() {
        RowSource base = RowSource.of(rows(3, 6));
        Neighbours found = linearAlgebra.nearestByGraph(base, base, Search.nearest(5, Exclusion.SELF));
        assertThat(found.count(0)).isEqualTo(2);
        assertThat(found.row(0, 2)).isEqualTo(-1);
    }

    @Test
    void refusesWhatIsNotFiniteTooLongOrOfAnotherWidth() {
        RowSource base = RowSource.of(rows(100, 7));
        Search search = Search.nearest(5, Exclusion.NONE);
        INDArray bad = rows(20, 8);
        bad.putScalar(13, 2, Float.NaN);
        assertThatThrownBy(() -> linearAlgebra.nearestByGraph(RowSource.of(bad), base, search))
                .isInstanceOf(ArrakisException.class)
                .hasMessageContaining("row 13 of the queries has NaN or infinite numbers");
        assertThatThrownBy(() -> linearAlgebra.nearestByGraph(base, RowSource.of(bad), search))
                .isInstanceOf(ArrakisException.class)
                .hasMessageContaining("row 13 of the base has NaN or infinite numbers");
        INDArray twice = rows(20, 8).mul(2);
        assertThatThrownBy(() -> linearAlgebra.nearestByGraph(base, RowSource.of(twice), search))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0 of the base is longer than 1; a graph compares cosines");
        RowSource narrow = RowSource.of(Nd4j.ones(4, 3).div(2));
        assertThatThrownBy(() -> linearAlgebra.nearestByGraph(base, narrow, search))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queries have 24 columns, the base has 3");
        Search all = search.handingOver(0.5f, (query, found, similarities, count) -> {});
        assertThatThrownBy(() -> linearAlgebra.nearestByGraph(base, base, all))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a graph does not find all pairs above a threshold");
    }

    private static double recall(Neighbours found, Neighbours exact) {
        int hits = 0;
        for (int query = 0; query < exact.queries(); query++) {
            for (int rank = 0; rank < exact.k(); rank++) {
                int of = query;
                int row = exact.row(query, rank);
                hits += IntStream.range(0, found.k()).anyMatch(i -> found.row(of, i) == row) ? 1 : 0;
            }
        }
        return (double) hits / exact.queries() / exact.k();
    }

    /** Unit rows around a few dozen centres, the same for every seed. */
    private static INDArray rows(int n, long seed) {
        Random centres = new Random(11);
        double[] centre = centres.doubles(40L * WIDTH, -1, 1).toArray();
        Random random = new Random(seed);
        float[] values = new float[n * WIDTH];
        for (int row = 0; row < n; row++) {
            int of = random.nextInt(40);
            double square = 0;
            for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                values[i] = (float) (centre[of * WIDTH + i % WIDTH] + 0.4 * random.nextGaussian());
                square += values[i] * values[i];
            }
            for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                values[i] /= (float) Math.sqrt(square);
            }
        }
        return Nd4j.create(values, new long[] {n, WIDTH}, 'c');
    }
}
