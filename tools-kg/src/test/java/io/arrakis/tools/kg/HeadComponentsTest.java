package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadComponentsTest {

    private static final PairSpace SPACE = new PairSpace(
            new HeapMatrix(4, 2, new float[] {1, 2, 3, 0, -1, 5, 0, -4}),
            new HeapMatrix(4, 2, new float[] {2, 1, 0, 3, 4, -1, -2, -2}));

    @Test
    void saysWhichComponentMakesAPairAndWhatLeadsEach() {
        PairSearch.Found found =
                new PairSearch.Found(List.of(new PairSearch.Pair(1, 0, 6), new PairSearch.Pair(3, 3, 8)), 2);
        HeadComponents components = HeadComponents.of(SPACE, SPACE, found);
        assertThat(components.leading()).containsExactly(0, 1);
        ComponentCategory first = components.categories().get(0);
        assertThat(first.share()).isCloseTo(6 / 14.0, within(1e-6));
        assertThat(first.queriesUp()).containsExactly(1, 0, 3, 2);
        assertThat(first.keysUp()).containsExactly(2, 0, 1, 3);
        assertThat(first.queriesDown()).containsExactly(2, 3, 0, 1);
        ComponentCategory second = components.categories().get(1);
        assertThat(second.share()).isCloseTo(8 / 14.0, within(1e-6));
        assertThat(second.keysDown()).containsExactly(3, 2, 0, 1);
    }

    @Test
    void keepsTheFirstFewOfMany() {
        HeapMatrix many = HeapMatrix.zeros(50, 1);
        for (int i = 0; i < 50; i++) {
            many.values()[i] = i * 7 % 50;
        }
        HeadComponents components = HeadComponents.of(
                new PairSpace(many, many), new PairSpace(many, many), new PairSearch.Found(List.of(), 0));
        assertThat(components.categories().get(0).queriesUp()).containsExactly(7, 14, 21, 28, 35);
        assertThat(components.categories().get(0).share()).isNaN();
        assertThat(components.leading()).isEmpty();
    }
}
