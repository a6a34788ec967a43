package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The dictionary, held against extJWNL, which reads the same files with other code. */
class WordNetTest {

    private final WordNet wordNet = WordNet.open();

    @ParameterizedTest
    @CsvSource({"NOUN, 82192", "VERB, 13789", "ADJECTIVE, 18185", "ADVERB, 3625"})
    void hasTheNumberOfSynsets(PartOfSpeech pos, int count) {
        assertThat(ids(pos)).isSorted().hasSize(count);
    }

    @ParameterizedTest
    @EnumSource
    void readsEverySynsetAsExtJwnlDoes(PartOfSpeech pos) throws JWNLException {
        Dictionary dictionary = Dictionary.getDefaultResourceInstance();

        for (SynsetId id : ids(pos)) {
            net.sf.extjwnl.data.Synset expected = dictionary.getSynsetAt(posOf(pos), id.offset());
            Synset synset = wordNet.synset(id);
            assertThat(synset.lemmas())
                    .as("words of %s", id)
                    .isEqualTo(expected.getWords().stream().map(Word::getLemma).toList());
            assertThat(LexicographerFiles.name(synset.lexicographerFile())).isEqualTo(expected.getLexFileName());
            assertThat(synset.glossText().strip()).isEqualTo(expected.getGloss().strip());
            assertThat(pointers(id)).as("pointers of %s", id).isEqualTo(pointers(expected));
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheSensesOfEveryLemmaAsExtJwnlDoes(PartOfSpeech pos) throws JWNLException {
        Dictionary dictionary = Dictionary.getDefaultResourceInstance();
        List<String> lemmas = new ArrayList<>();
        wordNet.forEachLemma(pos, lemmas::add);

        for (String lemma : lemmas) {
            IndexWord expected = dictionary.getIndexWord(posOf(pos), lemma.replace('_', ' '));
            assertThat(wordNet.hasLemma(pos, lemma)).as(lemma).isTrue();
            assertThat(wordNet.senses(pos, lemma).stream()
                            .mapToLong(SynsetId::offset)
                            .toArray())
                    .as("senses of %s", lemma)
                    .containsExactly(expected.getSynsetOffsets());
        }
    }

    @Test
    void findsNothingBetweenBeforeOrBehindTheLemmas() {
        for (String absent : List.of("", " ", "  1", "!", "bankx", "bannk", "zzz", "\u007f")) {
            assertThat(wordNet.hasLemma(absent)).as("'%s'", absent).isFalse();
            assertThat(wordNet.senses(absent)).isEmpty();
        }
    }

    @Test
    void readsMarkersOfAdjectivesOff() {
        Set<String> words = new TreeSet<>();
        for (SynsetId id : ids(PartOfSpeech.ADJECTIVE)) {
            words.addAll(wordNet.synset(id).words());
        }

        assertThat(words).contains("mere", "afraid", "galore").noneMatch(word -> word.contains("("));
    }

    @Test
    void readsIrregularForms() {
        assertThat(wordNet.irregularBases(PartOfSpeech.VERB, "ate")).containsExactly("eat");
        assertThat(wordNet.irregularBases(PartOfSpeech.NOUN, "auspices")).containsExactly("auspex", "auspice");
        assertThat(wordNet.irregularBases(PartOfSpeech.NOUN, "ate")).isEmpty();
    }

    @Test
    void refusesOffsetInsideLine() {
        assertThatThrownBy(() -> wordNet.synset(new SynsetId(PartOfSpeech.NOUN, 1741)))
                .hasMessage("no line of data.noun starts at byte 1741");
    }

    private List<SynsetId> ids(PartOfSpeech pos) {
        List<SynsetId> ids = new ArrayList<>();
        wordNet.forEachId(pos, ids::add);
        return ids;
    }

    private List<String> pointers(SynsetId id) {
        return wordNet.pointers(id).stream()
                .map(pointer -> String.join(
                        " ",
                        pointer.type().name(),
                        pointer.target().toString(),
                        Integer.toString(pointer.from()),
                        Integer.toString(pointer.to())))
                .toList();
    }

    private static List<String> pointers(net.sf.extjwnl.data.Synset synset) throws JWNLException {
        List<String> pointers = new ArrayList<>();
        for (net.sf.extjwnl.data.Pointer pointer : synset.getPointers()) {
            Optional<PointerType> type = PointerType.ofSymbol(pointer.getType().getKey());
            if (type.isPresent()) {
                PartOfSpeech pos =
                        PartOfSpeech.ofLetter(pointer.getTargetPOS().getKey().charAt(0));
                pointers.add(String.join(
                        " ",
                        type.get().name(),
                        new SynsetId(pos, (int) pointer.getTargetOffset()).toString(),
                        Integer.toString(pointer.getSource() instanceof Word word ? word.getIndex() : 0),
                        Integer.toString(pointer.getTargetIndex())));
            }
        }
        return pointers;
    }

    private static POS posOf(PartOfSpeech pos) {
        return switch (pos) {
            case NOUN -> POS.NOUN;
            case VERB -> POS.VERB;
            case ADJECTIVE -> POS.ADJECTIVE;
            case ADVERB -> POS.ADVERB;
        };
    }
}
