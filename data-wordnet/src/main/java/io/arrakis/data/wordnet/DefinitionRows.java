package io.arrakis.data.wordnet;

import io.arrakis.api.data.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The definitions of the synsets, in the order of part of speech and offset. */
final class DefinitionRows {

    private static final List<String> FIELDS =
            List.of("synset", "part_of_speech", "lemmas", "lexicographer_file", "half");

    private final WordNet wordNet;
    private final Set<PartOfSpeech> partsOfSpeech;
    private final Optional<Integer> half;

    DefinitionRows(WordNet wordNet, Set<PartOfSpeech> partsOfSpeech, Optional<Integer> half) {
        this.wordNet = wordNet;
        this.partsOfSpeech = partsOfSpeech;
        this.half = half;
    }

    /** Returns the definitions of all synsets. */
    Rows all() {
        List<SynsetId> synsets = new ArrayList<>();
        for (PartOfSpeech pos : partsOfSpeech) {
            wordNet.forEachId(pos, synsets::add);
        }
        return rows(synsets, List.of());
    }

    /** Returns the definitions of all senses of some words, written with spaces. */
    Rows ofWords(Set<String> words) {
        List<SynsetId> synsets = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (String word : words) {
            List<SynsetId> senses = wordNet.senses(word.toLowerCase(Locale.ROOT).replace(' ', '_'));
            senses.stream().filter(sense -> partsOfSpeech.contains(sense.pos())).forEach(synsets::add);
            if (senses.isEmpty()) {
                remarks.add("'" + word + "' is not in WordNet");
            }
        }
        return rows(new ArrayList<>(new TreeSet<>(synsets)), remarks);
    }

    private Rows rows(List<SynsetId> synsets, List<String> remarks) {
        half.ifPresent(wanted -> synsets.removeIf(synset -> synset.half() != wanted));
        return new Rows(FIELDS, synsets.size(), i -> row(wordNet.synset(synsets.get(i))), remarks);
    }

    private static Example row(Synset synset) {
        SynsetId id = synset.id();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("synset", id.toString());
        fields.put("part_of_speech", id.pos().id());
        fields.put("lemmas", synset.lemmas());
        fields.put("lexicographer_file", LexicographerFiles.name(synset.lexicographerFile()));
        fields.put("half", (long) id.half());
        return new Example(id.toString(), synset.gloss().definition(), fields);
    }
}
