package io.arrakis.data.wordnet;

import io.arrakis.api.data.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plain words with what WordNet counts of them, in the order of the alphabet. */
final class WordRows {

    private static final List<String> FIELDS = List.of(
            "word",
            "half",
            "senses",
            "lexicographer_files",
            "tag_count",
            "tag_entropy",
            "has_noun",
            "has_verb",
            "has_adjective",
            "has_adverb",
            "noun_only");

    private final WordNet wordNet;
    private final PlainWords plainWords;
    private final Set<PartOfSpeech> partsOfSpeech;
    private final Optional<Integer> half;

    WordRows(WordNet wordNet, Set<PartOfSpeech> partsOfSpeech, Optional<Integer> half) {
        this.wordNet = wordNet;
        this.plainWords = new PlainWords(wordNet);
        this.partsOfSpeech = partsOfSpeech;
        this.half = half;
    }

    /** Returns all plain words. */
    Rows all() {
        return rows(plainWords.all(), List.of());
    }

    /** Returns those of the given words that are plain, and says why the others are not. */
    Rows ofWords(Set<String> words) {
        List<String> remarks = new ArrayList<>();
        for (String word : words) {
            plainWords
                    .objection(word)
                    .ifPresent(objection -> remarks.add("'" + word + "' is left out: it " + objection));
        }
        return rows(plainWords.among(words), remarks);
    }

    private Rows rows(List<String> plain, List<String> remarks) {
        List<String> words = plain.stream().filter(this::isAskedFor).toList();
        return new Rows(FIELDS, words.size(), i -> row(words.get(i)), remarks);
    }

    private boolean isAskedFor(String word) {
        return (half.isEmpty() || half.get() == Halves.of(word))
                && (partsOfSpeech.size() == PartOfSpeech.values().length
                        || partsOfSpeech.stream().anyMatch(pos -> wordNet.hasLemma(pos, word)));
    }

    private Example row(String word) {
        List<SynsetId> senses = wordNet.senses(word);
        TagCounts tags = new TagCounts(wordNet.tagCounts(word));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("word", word);
        fields.put("half", (long) Halves.of(word));
        fields.put("senses", (long) senses.size());
        fields.put("lexicographer_files", lexicographerFiles(senses));
        fields.put("tag_count", tags.sum());
        tags.entropy().ifPresent(entropy -> fields.put("tag_entropy", entropy));
        for (PartOfSpeech pos : PartOfSpeech.values()) {
            fields.put("has_" + pos.id(), has(senses, pos));
        }
        fields.put("noun_only", senses.stream().allMatch(sense -> sense.pos() == PartOfSpeech.NOUN));
        return new Example(word, word, fields);
    }

    private long lexicographerFiles(List<SynsetId> senses) {
        return senses.stream()
                .map(sense -> wordNet.synset(sense).lexicographerFile())
                .distinct()
                .count();
    }

    private static boolean has(List<SynsetId> senses, PartOfSpeech pos) {
        return senses.stream().anyMatch(sense -> sense.pos() == pos);
    }
}
