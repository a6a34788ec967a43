package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.SeededRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

class SearchRecallTest {

    private static final int K = 10;

    private final LinearAlgebra linearAlgebra = FakeContext.seeded(1).linearAlgebra();
    private final RowSource rows = RowSource.of(Nd4j.create(normal(), new long[] {500, 8}, 'c'));
    private final Search search = Search.nearest(K, Exclusion.SELF);

    private static float[] normal() {
        Random random = new Random(1);
        float[] values = new float[500 * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void isOneWhereAllAreFound() {
        SearchRecall recall = new SearchRecall(linearAlgebra, 500);
        recall.measure(rows, rows, search, linearAlgebra.nearest(rows, rows, search));
        assertThat(recall.estimate(SeededRandom.of(1, "recall"))).hasValue(new Estimate(1, 1, 1));
    }

    @Test
    void countsWhatASearchMisses() {
        // Finds the five nearest among the even rows alone, which are about half of the ten nearest.
        Search halved = Search.nearest(K, (query, row) -> query == row || row % 2 == 1);
        Neighbours found = linearAlgebra.nearest(rows, rows, halved);
        SearchRecall recall = new SearchRecall(linearAlgebra, 500);
        recall.measure(rows, rows, search, found);
        Estimate estimate = recall.estimate(SeededRandom.of(1, "recall")).orElseThrow();
        assertThat(estimate.value()).isCloseTo(0.5, within(0.05));
        assertThat(estimate.low()).isBetween(0.4, estimate.value());
        assertThat(estimate.high()).isBetween(estimate.value(), 0.6);
    }

    @Test
    void saysNothingWhereNothingWasMeasured() {
        assertThat(new SearchRecall(linearAlgebra, 500).estimate(SeededRandom.of(1, "recall")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.949, true", "0.95, false", "1, false"})
    void warnsWhereLessThanEnoughIsFound(double recall, boolean warned) {
        assertThat(PolysemanticScore.lowRecall(Estimate.withoutInterval(recall)).isPresent())
                .isEqualTo(warned);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, 10000000, 1000000, false",
        "AUTO, 10000001, 1000000, true",
        "EXACT, 100000000, 100000000, false",
        "GRAPH, 1, 1, true"
    })
    void walksAGraphWhereAskedToOrWhereThereAreTooManyPairs(
            SearchMethod method, long queries, long rows, boolean graph) {
        assertThat(method.usesGraph(queries, rows)).isEqualTo(graph);
    }
}
