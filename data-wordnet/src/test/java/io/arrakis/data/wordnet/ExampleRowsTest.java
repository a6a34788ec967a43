package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ExampleRowsTest {

    private static final int ENOUGH = 10;

    /** 48,454 is the recipe's number of sentences; the checksum was made by a separate program in another language. */
    @Test
    void givesTheSentencesInTheOrderOfTheCorpus() {
        List<Example> rows = Open.of(What.EXAMPLES).rows();
        CRC32 crc = new CRC32();
        crc.update(String.join("\n", texts(rows)).getBytes(StandardCharsets.UTF_8));

        assertThat(rows).hasSize(48_454);
        assertThat(crc.getValue()).isEqualTo(1_214_989_523L);
        assertThat(texts(rows)).doesNotHaveDuplicates();
        assertThat(rows.stream().map(Example::id)).doesNotHaveDuplicates();
    }

    /** 2,132 is the recipe's number of words with at least ten occurrences. */
    @Test
    void hasTheNumberOfWordsThatOccurOften() {
        Map<String, Integer> counts = new HashMap<>();
        for (Example row : Open.of(What.EXAMPLES).rows()) {
            ExampleRows.wholeWords(row.text()).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        List<String> words = new PlainWords(WordNet.open()).among(MiniLmWords.read());

        assertThat(words).hasSize(9_720);
        assertThat(words.stream().filter(word -> counts.getOrDefault(word, 0) >= ENOUGH))
                .hasSize(2_132);
        assertThat(words.stream().filter(word -> counts.getOrDefault(word, 0) >= ENOUGH && Halves.of(word) == 1))
                .hasSize(1_107);
    }

    @Test
    void saysWhoseExampleASentenceIs() {
        Example row = Open.of(What.EXAMPLES).rows().stream()
                .filter(example -> example.text().equals("able to swim"))
                .findFirst()
                .orElseThrow();

        assertThat(row.id()).isEqualTo("a00001740.1");
        assertThat(row.fields())
                .containsExactly(
                        Map.entry("synset", "a00001740"),
                        Map.entry("part_of_speech", "adjective"),
                        Map.entry("lemmas", List.of("able")));
    }

    @Test
    void takesOnlyThePartsOfSpeechThatAreAskedFor() {
        List<Example> rows = Open.of(What.EXAMPLES)
                .partsOfSpeech(PartOfSpeech.ADVERB, PartOfSpeech.VERB)
                .rows();

        assertThat(rows.stream().map(row -> row.fields().get("part_of_speech")).distinct())
                .containsExactly("verb", "adverb");
    }

    @Test
    void givesEveryOccurrenceOfAWord() {
        long expected = Open.of(What.EXAMPLES).rows().stream()
                .filter(row -> row.text().matches("(?is)(.*[^a-z0-9])?bank([^a-z0-9].*)?"))
                .count();

        List<Example> rows = Open.of(What.EXAMPLES).words("bank").rows();

        assertThat(rows).hasSize((int) expected).hasSizeGreaterThan(ENOUGH);
        assertThat(rows).allMatch(row -> row.fields().get("words").equals(List.of("bank")));
    }

    @Test
    void drawsSentencesForEachWordAlone() {
        List<Example> one = Open.of(What.EXAMPLES).words("light").perWord(5).rows();
        List<Example> three =
                Open.of(What.EXAMPLES).words("run", "light", "bank").perWord(5).rows();

        for (String word : List.of("run", "light", "bank")) {
            assertThat(three.stream().filter(row -> row.texts("words").contains(word)))
                    .as(word)
                    .hasSize(5);
        }
        assertThat(three.stream()
                        .filter(row -> row.texts("words").contains("light"))
                        .map(Example::id))
                .containsExactlyElementsOf(one.stream().map(Example::id).toList());
        assertThat(three.stream().map(Example::id)).doesNotHaveDuplicates();
    }

    @Test
    void namesAllWordsThatASentenceWasDrawnFor() {
        List<Example> rows = Open.of(What.EXAMPLES).words("light", "bulb").rows();

        assertThat(rows.stream()
                        .filter(row -> row.text().equals("the implosion of a light bulb"))
                        .map(row -> row.texts("words")))
                .containsExactly(List.of("bulb", "light"));
    }

    @Test
    void keepsTheOrderOfTheCorpusWhenItDraws() {
        List<String> all = ids(Open.of(What.EXAMPLES).rows());
        List<String> drawn =
                ids(Open.of(What.EXAMPLES).words("run", "light").perWord(20).rows());

        assertThat(drawn).isSortedAccordingTo(Comparator.comparingInt(all::indexOf));
    }

    @Test
    void drawsOtherSentencesWithAnotherSeed() {
        Open open = Open.of(What.EXAMPLES).words("run").perWord(10);

        assertThat(ids(open.seed(1).rows()))
                .isEqualTo(ids(open.seed(1).rows()))
                .isNotEqualTo(ids(open.seed(2).rows()));
    }

    @Test
    void remarksOnWordsWithoutSentence() {
        Dataset dataset = Open.of(What.EXAMPLES).words("bank", "xyzzy").dataset();

        assertThat(dataset.warnings())
                .extracting(Object::toString)
                .containsExactly("data.contexts: warning DATA-UNFIT: no example sentence has the word 'xyzzy'");
    }

    @Test
    void splitsWordsLikeATokenizerOfTheBertFamily() {
        assertThat(ExampleRows.wholeWords("The dog's 2nd LIGHT-bulb; a_b (x)"))
                .containsExactly("2nd", "a", "b", "bulb", "dog", "light", "s", "the", "x");
        assertThat(ExampleRows.wholeWords("...")).isEmpty();
    }

    private static List<String> texts(List<Example> rows) {
        return rows.stream().map(Example::text).toList();
    }

    private static List<String> ids(List<Example> rows) {
        return rows.stream().map(Example::id).toList();
    }
}
