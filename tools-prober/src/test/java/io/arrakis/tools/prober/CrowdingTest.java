package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CrowdingTest {

    private static final int ROWS = 600;
    private static final int WIDTH = 24;
    private static final int K = 7;

    private final LinearAlgebra linearAlgebra = FakeContext.seeded(1).linearAlgebra();

    /** Rows lie in bundles of ten, apart by noise that goes down to where float32 products tell nothing. */
    @ParameterizedTest
    @ValueSource(doubles = {10, 1, 0.1, 0.03, 0.01, 1e-3, 1e-5, 0})
    void isTheScatterOfTheVectorsHoweverNearTheyAre(double noise) {
        float[] values = bundles(noise);
        try (INDArray rows = Nd4j.create(values, new long[] {ROWS, WIDTH}, 'c')) {
            double[] scores = new Crowding(linearAlgebra, K).of(rows);
            Neighbours near = linearAlgebra.neighbourhoods(rows, K).neighbours();
            for (int row = 0; row < ROWS; row++) {
                int query = row;
                int[] of =
                        IntStream.range(0, K).map(rank -> near.row(query, rank)).toArray();
                double expected = StaticScatter.scatter(values, WIDTH, of);
                assertThat(scores[row]).isCloseTo(expected, within(1e-4 * expected));
            }
        }
    }

    private static float[] bundles(double noise) {
        Random random = new Random(3);
        float[] values = new float[ROWS * WIDTH];
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < WIDTH; i++) {
                double centre = row % 10 == 0 ? random.nextGaussian() : 0;
                values[row * WIDTH + i] = (float) (row % 10 == 0 ? centre : values[(row - row % 10) * WIDTH + i]);
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (noise * random.nextGaussian());
        }
        for (int row = 0; row < ROWS; row++) {
            VectorSpace.toUnit(values, row * WIDTH, WIDTH);
        }
        return values;
    }
}
