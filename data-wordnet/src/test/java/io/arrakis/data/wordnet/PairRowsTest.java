package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.data.Example;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairRowsTest {

    private static List<Example> all;
    private static PairRows ofSingleTokens;

    private final WordNet wordNet = WordNet.open();

    @BeforeAll
    static void findPairs() {
        all = Open.of(What.PAIRS).rows();
        ofSingleTokens = new PairRows(
                WordNet.open(),
                new PlainWords(WordNet.open()).among(MiniLmWords.read()),
                EnumSet.allOf(PartOfSpeech.class));
    }

    /** Counts of a separate program, for the words that all-MiniLM-L6-v2 reads as one token. */
    @ParameterizedTest
    @CsvSource({
        "SYNONYM, 868, 985",
        "ANTONYM, 100, 86",
        "HYPERNYM, 3300, 3492",
        "MERONYM, 191, 235",
        "DERIVATIONAL, 300, 320",
    })
    void findsAllPairsOfSingleTokenWords(Relation relation, int first, int second) {
        assertThat(countOf(relation, 0)).isEqualTo(first);
        assertThat(countOf(relation, 1)).isEqualTo(second);
    }

    @Test
    void knowsWhatIsRelated() {
        assertThat(all.stream().map(Example::id))
                .contains(
                        "hypernym.dog.canine",
                        "hypernym.hound.dog",
                        "antonym.buy.sell",
                        "antonym.black.white",
                        "meronym.foot.toe",
                        "derivational.mulish.mulishness",
                        "synonym.individual.mortal")
                .doesNotContain("hypernym.canine.dog", "hypernym.dog.hound", "meronym.toe.foot")
                .doesNotHaveDuplicates();
    }

    @Test
    void givesHypernymsFromTheSpecialToTheGeneral() {
        for (Example row : rows(Relation.HYPERNYM)) {
            SynsetId head = id(row.text("head_synset").orElseThrow());
            SynsetId tail = id(row.text("tail_synset").orElseThrow());
            assertThat(wordNet.pointers(head))
                    .as(row.id())
                    .anyMatch(pointer -> pointer.type() == PointerType.HYPERNYM
                            && pointer.target().equals(tail));
            assertThat(wordNet.synset(head).words()).contains(row.text("head").orElseThrow());
            assertThat(wordNet.synset(tail).words()).contains(row.text("tail").orElseThrow());
        }
    }

    @Test
    void keepsHalvesWordsAndRelationsApart() {
        Map<String, Set<Object>> halvesOf = new HashMap<>();
        Set<Set<String>> pairs = new HashSet<>();
        for (Example row : all) {
            String head = row.text("head").orElseThrow();
            String tail = row.text("tail").orElseThrow();
            for (String word : List.of(head, tail)) {
                halvesOf.computeIfAbsent(word, w -> new TreeSet<>())
                        .add(row.fields().get("half"));
            }
            assertThat(head).isNotEqualTo(tail);
            assertThat(pairs.add(Set.of(head, tail)))
                    .as("%s is there twice", row.id())
                    .isTrue();
        }
        assertThat(halvesOf).hasSizeGreaterThan(10_000).allSatisfy((word, halves) -> assertThat(halves)
                .containsExactly((long) Halves.of(word)));
    }

    @Test
    void usesOnlyTheFirstTwoSenses() {
        for (Example row : all) {
            for (String end : List.of("head", "tail")) {
                SynsetId synset = id(row.text(end + "_synset").orElseThrow());
                List<SynsetId> senses =
                        wordNet.senses(synset.pos(), row.text(end).orElseThrow());
                assertThat(senses.indexOf(synset)).as(row.id()).isBetween(0, 1);
            }
        }
    }

    @Test
    void capsPairsAWordAndSide() {
        Rows rows = ofSingleTokens.of(EnumSet.allOf(Relation.class), Optional.empty(), Optional.of(3));
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Example row = rows.at().apply(i);
            String relation = row.text("relation").orElseThrow();
            counts.merge(relation + " head " + row.text("head").orElseThrow(), 1, Integer::sum);
            counts.merge(relation + " tail " + row.text("tail").orElseThrow(), 1, Integer::sum);
        }

        assertThat(counts.values()).allMatch(count -> count <= 3).contains(3);
    }

    @Test
    void takesOnlyGivenWordsAndPartsOfSpeech() {
        List<Example> rows = Open.of(What.PAIRS)
                .words("black", "white", "dog", "canine")
                .partsOfSpeech(PartOfSpeech.ADJECTIVE)
                .rows();

        assertThat(rows).extracting(Example::id).containsExactly("antonym.black.white");
        assertThat(rows.get(0).text()).isEmpty();
    }

    private static int countOf(Relation relation, int half) {
        return ofSingleTokens
                .of(Set.of(relation), Optional.of(half), Optional.empty())
                .size();
    }

    private static List<Example> rows(Relation relation) {
        return all.stream()
                .filter(row -> row.fields().get("relation").equals(relation.id()))
                .toList();
    }

    private static SynsetId id(String name) {
        return new SynsetId(PartOfSpeech.ofLetter(name.charAt(0)), Integer.parseInt(name.substring(1)));
    }
}
