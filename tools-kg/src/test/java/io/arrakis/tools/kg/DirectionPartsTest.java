package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of a direction and sets of components that were planted. */
class DirectionPartsTest {

    private static final int TEXTS = 400;
    private static final int LENGTH = 10;

    private static DirectionParts parts(double mean, double first, double position, double token) {
        Random random = new Random(4);
        double[] coordinates = new double[TEXTS * LENGTH];
        int[] positions = new int[coordinates.length];
        for (int i = 0; i < coordinates.length; i++) {
            positions[i] = i % LENGTH;
            coordinates[i] = mean
                    + (positions[i] == 0 ? first : 0)
                    + position * Math.sin(positions[i])
                    + token * random.nextGaussian();
        }
        return DirectionParts.of(coordinates, positions);
    }

    @Test
    void findsWhatWasPlanted() {
        assertThat(parts(3, 0, 0, 0.1).mean()).isGreaterThan(0.99);
        assertThat(parts(0, 9, 0, 0.1).first()).isCloseTo(0.81, within(0.01));
        assertThat(parts(0, 9, 0, 0.1).mean()).isCloseTo(0.1, within(0.01));
        assertThat(parts(0, 0, 2, 0.1).position()).isGreaterThan(0.9);
        assertThat(parts(0, 0, 0, 1).token()).isGreaterThan(0.98);
    }

    @Test
    void partsAddUpToOne() {
        DirectionParts parts = parts(1, 2, 1, 1);
        assertThat(parts.mean() + parts.first() + parts.position() + parts.token())
                .isCloseTo(1, within(1e-12));
        assertThat(DirectionParts.of(new double[3], new int[3])).isEqualTo(new DirectionParts(0, 0, 0, 0));
    }

    @Test
    void takesTheComponentsThatExplainMost() {
        double[][] apart = {{1, 0, 0}, {0, 8, 0}, {0, 0, 3}};
        assertThat(ExplainingSets.choose(apart, 0.7)).containsExactly(1, 2);
        assertThat(ExplainingSets.explained(apart, List.of(1))).isCloseTo(8 / 12.0, within(1e-12));
        assertThat(ExplainingSets.choose(apart, 1)).containsExactly(1, 2, 0);
    }

    /** Two large components that take each other away explain nothing; the small third does. */
    @Test
    void componentsThatCancelExplainNothing() {
        double[][] cancelling = {{100, -100, 0}, {-100, 100, 0}, {0, 0, 1}};
        assertThat(ExplainingSets.choose(cancelling, 0.9)).containsExactly(2);
        assertThat(ExplainingSets.explained(cancelling, List.of(0))).isNegative();
    }

    @Test
    void nothingIsExplainedByNothing() {
        assertThat(ExplainingSets.choose(new double[2][2], 0.7)).isEmpty();
    }
}
