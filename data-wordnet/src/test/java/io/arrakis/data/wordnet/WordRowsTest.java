package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordRowsTest {

    /** What the index files have in these lines, read with grep. */
    @ParameterizedTest
    @CsvSource({
        "bank, 18, true, true, false, false",
        "run, 57, true, true, false, false",
        "break, 75, true, true, false, false",
        "line, 36, true, true, false, false",
        "dog, 8, true, true, false, false",
        "light, 48, true, true, true, true",
        "plant, 10, true, true, false, false",
        "penguin, 1, true, false, false, false",
    })
    void countsSensesOverAllPartsOfSpeech(
            String word, long senses, boolean noun, boolean verb, boolean adjective, boolean adverb) {
        Map<String, Object> fields = row(word).fields();

        assertThat(fields)
                .containsEntry("senses", senses)
                .containsEntry("has_noun", noun)
                .containsEntry("has_verb", verb)
                .containsEntry("has_adjective", adjective)
                .containsEntry("has_adverb", adverb)
                .containsEntry("noun_only", noun && !verb && !adjective && !adverb);
    }

    /** bank: nouns tagged 20, 1, 2 and 25 times, verbs 1 and 2 times. */
    @Test
    void countsTags() {
        Example bank = row("bank");
        double entropy = 0;
        for (double count : new double[] {20, 1, 2, 25, 1, 2}) {
            entropy += count / 51 * Math.log(51 / count) / Math.log(2);
        }

        assertThat(bank.fields()).containsEntry("tag_count", 51L);
        assertThat(bank.number("tag_entropy").orElseThrow()).isCloseTo(entropy, within(1e-12));
    }

    @Test
    void leavesEntropyOutWhereNothingIsTagged() {
        assertThat(row("zymurgy").fields()).containsEntry("tag_count", 0L).doesNotContainKey("tag_entropy");
        assertThat(new TagCounts(new int[] {7}).entropy()).contains(0.0);
    }

    /** The tag counts of a lemma must not take in those of another that begins in the same way. */
    @Test
    void countsTagsOfTheWordAlone() {
        assertThat(WordNet.open().tagCounts("zymurgy")).isEmpty();
        assertThat(WordNet.open().tagCounts("ban")).containsExactly(1, 2, 2);
        assertThat(WordNet.open().tagCounts("bank")).containsExactly(20, 1, 2, 25, 1, 2);
        assertThat(WordNet.open().tagCounts("ba")).isEmpty();
    }

    /** dog: noun.animal, noun.person twice, noun.food, noun.artifact twice, verb.motion. */
    @Test
    void countsLexicographerFiles() {
        assertThat(row("penguin").fields()).containsEntry("lexicographer_files", 1L);
        assertThat(row("dog").fields()).containsEntry("lexicographer_files", 5L);
    }

    @Test
    void saysWhyAWordIsLeftOut() {
        Dataset dataset = Open.of(What.WORDS).words("bank", "banks", "the").dataset();

        assertThat(dataset).extracting(Example::text).containsExactly("bank");
        assertThat(dataset.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "data.contexts: warning DATA-UNFIT: 'banks' is left out: it counts as a form of 'bank'",
                        "data.contexts: warning DATA-UNFIT: 'the' is left out: it is a stop word");
    }

    @Test
    void filtersByHalfAndPartOfSpeech() {
        List<Example> rows =
                Open.of(What.WORDS).partsOfSpeech(PartOfSpeech.ADVERB).half(1).rows();

        assertThat(rows)
                .isNotEmpty()
                .allMatch(row -> row.fields().get("half").equals(1L))
                .allMatch(row -> row.fields().get("has_adverb").equals(true));
    }

    private static Example row(String word) {
        return Open.of(What.WORDS).words(word).rows().get(0);
    }
}
