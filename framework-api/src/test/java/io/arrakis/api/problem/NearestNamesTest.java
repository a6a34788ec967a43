package io.arrakis.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {

    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "abc, abc, 0",
        "abc, ABC, 0",
        "ab, ba, 1",
        "layer_idx, layer_idxx, 1",
        "k_neighbours, k_neighbors, 1",
        "'', abc, 3"
    })
    void countsEdits(String one, String other, int distance) {
        assertThat(NearestNames.distance(one, other)).isEqualTo(distance);
        assertThat(NearestNames.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void suggestsWhatIsNearAndNothingElse() {
        List<String> known = List.of("layer_idx", "k_neighbors", "contexts");

        assertThat(NearestNames.near("layer_ixd", known)).contains("layer_idx");
        assertThat(NearestNames.near("neighbors", known)).contains("k_neighbors");
        assertThat(NearestNames.near("threshold", known)).isEmpty();
        assertThat(NearestNames.near("x", known)).isEmpty();
    }

    @Test
    void listsTheNearestFirstAndEqualOnesInOrder() {
        assertThat(NearestNames.of("runn", List.of("sweep", "run", "rune", "cache"), 3))
                .containsExactly("run", "rune", "cache");
    }
}
