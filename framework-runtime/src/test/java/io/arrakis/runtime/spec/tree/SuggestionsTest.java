package io.arrakis.runtime.spec.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

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
