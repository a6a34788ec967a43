package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionRowsTest {

    @Test
    void hasADefinitionForEverySynset() {
        List<Example> rows = Open.of(What.DEFINITIONS).rows();

        assertThat(rows).hasSize(117_791).noneMatch(row -> row.text().isBlank());
        assertThat(rows.get(0))
                .isEqualTo(new Example(
                        "n00001740",
                        "that which is perceived or known or inferred to have its own distinct existence (living or nonliving)",
                        Map.of(
                                "synset", "n00001740",
                                "part_of_speech", "noun",
                                "lemmas", List.of("entity"),
                                "lexicographer_file", "noun.Tops",
                                "half", 0L)));
    }

    @Test
    void givesAllSensesOfAWordOnce() {
        List<Example> rows = Open.of(What.DEFINITIONS).words("bank", "Bank").rows();

        assertThat(rows).hasSize(18).allMatch(row -> row.texts("lemmas").contains("bank"));
        assertThat(rows.stream().filter(row -> row.id().startsWith("v"))).hasSize(8);
    }

    @Test
    void takesWordsWithSpaces() {
        assertThat(Open.of(What.DEFINITIONS).words("ice cream").rows())
                .extracting(Example::text)
                .containsExactly("frozen dessert containing cream and sugar and flavoring");
    }

    @Test
    void splitsIntoHalves() {
        Dataset first = Open.of(What.DEFINITIONS).half(0).dataset();
        Dataset second = Open.of(What.DEFINITIONS).half(1).dataset();

        assertThat(first.size() + second.size()).isEqualTo(117_791);
        assertThat(first).allMatch(row -> row.fields().get("half").equals(0L));
    }

    @Test
    void remarksOnUnknownWords() {
        Dataset dataset = Open.of(What.DEFINITIONS).words("bank", "xyzzy").dataset();

        assertThat(dataset.size()).isEqualTo(18);
        assertThat(dataset.warnings())
                .extracting(Object::toString)
                .containsExactly("data.contexts: warning DATA-UNFIT: 'xyzzy' is not in WordNet");
    }
}
