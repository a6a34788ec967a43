package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WordNetSourceTest {

    @Test
    @SuppressWarnings("rawtypes") // the service loader knows a generic service by its class alone
    void isFoundByTheServiceLoader() {
        ClassLoader loader = WordNetSource.class.getClassLoader();

        assertThat(ServiceLoader.load(DatasetSource.class, loader).stream()
                        .filter(provider -> provider.type() == WordNetSource.class))
                .hasSize(1);
        assertThat(new WordNetSource().name()).isEqualTo("wordnet");
    }

    /**
     * A checksum over all rows with seed 7. Where one changes, raise {@code RECIPE} in {@link WordNetSource}, since data sets are
     * taken for equal by their fingerprints, and write the new one here.
     */
    @ParameterizedTest
    @CsvSource({
        "EXAMPLES, 48454, 59609009",
        "DEFINITIONS, 117791, 3068787310",
        "WORDS, 58493, 958871569",
        "CLASSES, 35055, 268849506",
        "PAIRS, 67544, 134199904",
    })
    void givesTheSameRowsAsEver(What what, int size, long checksum) {
        Dataset dataset = Open.of(what).dataset();

        assertThat(dataset.fingerprint()).contains("recipe=3;");
        assertThat(dataset.size()).isEqualTo(size);
        assertThat(checksum(dataset)).isEqualTo(checksum);
        assertThat(checksum(dataset)).as("a second time").isEqualTo(checksum);
        assertThat(dataset)
                .allMatch(row -> dataset.fields().containsAll(row.fields().keySet()));
    }

    @Test
    void dependsOnNoLocaleAndNoTimeZone() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        Open open = Open.of(What.EXAMPLES).words("in", "light", "insight").perWord(50);
        List<Example> expected = open.rows();
        List<Example> expectedWords = Open.of(What.WORDS).words("bank", "light").rows();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));

            assertThat(open.rows()).isEqualTo(expected);
            assertThat(Open.of(What.WORDS).words("bank", "light").rows()).isEqualTo(expectedWords);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void samplesRowsInTheirOrder() {
        List<Example> all = Open.of(What.EXAMPLES).rows();
        List<Example> sample = Open.of(What.EXAMPLES).sample(1_000).rows();

        assertThat(sample).hasSize(1_000);
        assertThat(all.stream().filter(sample::contains).toList()).isEqualTo(sample);
        assertThat(Open.of(What.EXAMPLES).sample(100_000).dataset().size()).isEqualTo(48_454);
    }

    @Test
    void hasAFingerprintForEveryChoice() {
        List<String> fingerprints = Stream.of(
                        Open.of(What.EXAMPLES),
                        Open.of(What.DEFINITIONS),
                        Open.of(What.EXAMPLES).words("bank"),
                        Open.of(What.EXAMPLES).words("bank").perWord(3),
                        Open.of(What.EXAMPLES).words("bank").perWord(3).seed(8),
                        Open.of(What.EXAMPLES).sample(3),
                        Open.of(What.EXAMPLES).partsOfSpeech(PartOfSpeech.VERB),
                        Open.of(What.CLASSES).half(0).label(true),
                        Open.of(What.CLASSES).half(1).label(true),
                        Open.of(What.CLASSES).half(1).text(ClassText.LEMMA),
                        Open.of(What.CLASSES).classes(WordClass.BIRD),
                        Open.of(What.PAIRS).words("black", "white").relations(Relation.ANTONYM))
                .map(open -> open.dataset().fingerprint())
                .toList();

        assertThat(fingerprints).doesNotHaveDuplicates();
        assertThat(Open.of(What.EXAMPLES).words("bank").seed(7).dataset().fingerprint())
                .isEqualTo(Open.of(What.EXAMPLES).words("bank").dataset().fingerprint());
    }

    @Test
    void refusesParametersThatLeaveNothing() {
        assertThatThrownBy(() -> Open.of(What.WORDS).words("banks", "the").dataset())
                .isInstanceOf(ArrakisException.class)
                .hasMessage(
                        "data.contexts: error DATA-UNFIT: WordNet has no row for these parameters: 'banks' is left out: it"
                                + " counts as a form of 'bank', 'the' is left out: it is a stop word; ask for less narrow ones");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(Open.of(What.EXAMPLES).half(1), "half: half does not go with what: examples"),
                Arguments.of(
                        Open.of(What.EXAMPLES).classes(WordClass.BIRD),
                        "classes: classes does not go with what: examples"),
                Arguments.of(
                        Open.of(What.DEFINITIONS).words("bank").perWord(2),
                        "per_word: per_word does not go with what: definitions"),
                Arguments.of(
                        Open.of(What.WORDS).relations(Relation.SYNONYM),
                        "relations: relations does not go with what: words"),
                Arguments.of(Open.of(What.CLASSES).words("bank"), "words: words does not go with what: classes"),
                Arguments.of(
                        Open.of(What.CLASSES).partsOfSpeech(PartOfSpeech.NOUN),
                        "parts_of_speech: parts_of_speech does not go with what: classes"),
                Arguments.of(Open.of(What.PAIRS).label(true), "label: label does not go with what: pairs"),
                Arguments.of(Open.of(What.PAIRS).text(ClassText.LEMMA), "text: text does not go with what: pairs"),
                Arguments.of(Open.of(What.EXAMPLES).perWord(3), "per_word: per_word is given, but no words"),
                Arguments.of(
                        Open.of(What.EXAMPLES).words("bank", "Bank"), "words[1]: 'Bank' is not one word in lower case"),
                Arguments.of(
                        Open.of(What.WORDS).words("ice cream"), "words[0]: 'ice cream' is not one word in lower case"),
                Arguments.of(Open.of(What.PAIRS).words(""), "words[0]: '' is not one word in lower case"));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Open open, String problem) {
        assertThat(problemsOf(open)).containsExactly(problem);
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThat(problemsOf(Open.of(What.EXAMPLES).half(1).perWord(2).label(true)))
                .hasSize(3);
    }

    static Stream<Arguments> right() {
        return Stream.of(
                Arguments.of(Open.of(What.EXAMPLES).words("bank").perWord(2).partsOfSpeech(PartOfSpeech.NOUN)),
                Arguments.of(Open.of(What.DEFINITIONS).words("ice cream").half(1)),
                Arguments.of(Open.of(What.WORDS).half(0).sample(2)),
                Arguments.of(Open.of(What.CLASSES)
                        .classes(WordClass.BIRD)
                        .text(ClassText.LEMMA)
                        .label(true)),
                Arguments.of(Open.of(What.PAIRS)
                        .relations(Relation.SYNONYM)
                        .perWord(3)
                        .half(1)));
    }

    @ParameterizedTest
    @MethodSource
    void right(Open open) {
        assertThat(problemsOf(open)).isEmpty();
    }

    private static List<String> problemsOf(Open open) {
        List<String> found = new ArrayList<>();
        new WordNetSource().check(open.params(), new Recording(found));
        return found;
    }

    private static long checksum(Dataset dataset) {
        CRC32 crc = new CRC32();
        dataset.forEach(row -> crc.update(row.toString().getBytes(StandardCharsets.UTF_8)));
        return crc.getValue();
    }

    private record Recording(List<String> found) implements Problems {

        @Override
        public Place at(String path) {
            return new Place() {
                @Override
                public void error(ErrorCode code, String message, String mend) {
                    found.add(path + ": " + message);
                }

                @Override
                public void warning(ErrorCode code, String message, String mend) {
                    throw new AssertionError("no warning is expected: " + message);
                }
            };
        }

        @Override
        public boolean hasErrors() {
            return !found.isEmpty();
        }
    }
}
