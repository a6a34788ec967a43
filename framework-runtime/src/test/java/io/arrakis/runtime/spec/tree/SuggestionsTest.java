package io.arrakis.runtime.spec.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

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
        assertThat(Suggestions.distance(one, other)).isEqualTo(distance);
        assertThat(Suggestions.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void suggestsWhatIsNearAndNothingElse() {
        List<String> known = List.of("layer_idx", "k_neighbors", "contexts");

        assertThat(Suggestions.nearest("layer_ixd", known)).contains("layer_idx");
        assertThat(Suggestions.nearest("neighbors", known)).contains("k_neighbors");
        assertThat(Suggestions.nearest("threshold", known)).isEmpty();
        assertThat(Suggestions.nearest("x", known)).isEmpty();
    }

    @Test
    void listsTheNearestTenSorted() {
        List<String> known = IntStream.range(10, 40).mapToObj(i -> "name" + i).toList();

        assertThat(Suggestions.mend("name2", known, "names"))
                .isEqualTo(
                        "did you mean 'name12'? names: name12, name20, name21, name22, name23, name24, name25, name26,"
                                + " name27, name28 and 20 more");
        assertThat(Suggestions.mend("x", List.of(), "names")).isEqualTo("there are no names");
    }
}
