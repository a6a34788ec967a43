package io.arrakis.data.wordnet;

import io.arrakis.api.data.Example;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The example sentences of the synsets, each once, in the order of part of speech and offset. */
final class ExampleRows {

    private static final int LONGEST_LEFT_OUT = 3;

    private final WordNet wordNet;
    private final Set<PartOfSpeech> partsOfSpeech;

    ExampleRows(WordNet wordNet, Set<PartOfSpeech> partsOfSpeech) {
        this.wordNet = wordNet;
        this.partsOfSpeech = partsOfSpeech;
    }

    /** Returns all sentences. */
    Rows all() {
        List<Sentence> sentences = new ArrayList<>();
        forEachSentence((sentence, text) -> sentences.add(sentence));
        return rows(List.of("synset", "part_of_speech", "lemmas"), sentences, List.of());
    }

    /**
     * Returns the sentences that have one of the words as a whole word, in upper or lower case.
     *
     * @param words   in lower case
     * @param perWord at most so many sentences are drawn for each word; all are taken where it is empty
     * @param random  draws; what it draws for a word does not depend on the other words
     */
    Rows ofWords(Set<String> words, Optional<Integer> perWord, SeededRandom random) {
        List<Sentence> sentences = new ArrayList<>();
        Map<String, List<Integer>> occurrences = new TreeMap<>();
        words.forEach(word -> occurrences.put(word, new ArrayList<>()));
        forEachSentence((sentence, text) -> {
            Set<String> found = wholeWords(text);
            found.retainAll(words);
            if (!found.isEmpty()) {
                found.forEach(word -> occurrences.get(word).add(sentences.size()));
                sentences.add(sentence);
            }
        });
        perWord.ifPresent(most -> occurrences.replaceAll((word, rows) -> drawn(rows, most, random.child(word))));
        return rows(
                List.of("synset", "part_of_speech", "lemmas", "words"),
                chosen(sentences, occurrences),
                remarks(occurrences));
    }

    private interface SentenceConsumer {
        void accept(Sentence sentence, String text);
    }

    private void forEachSentence(SentenceConsumer consumer) {
        Set<String> seen = new HashSet<>();
        for (PartOfSpeech pos : partsOfSpeech) {
            wordNet.forEachExamples(pos, (id, examples) -> {
                for (int i = 0; i < examples.size(); i++) {
                    String text = examples.get(i);
                    if (text.length() > LONGEST_LEFT_OUT && seen.add(text)) {
                        consumer.accept(new Sentence(id, i, List.of()), text);
                    }
                }
            });
        }
    }

    private static List<Integer> drawn(List<Integer> rows, int most, SeededRandom random) {
        if (rows.size() <= most) {
            return rows;
        }
        List<Integer> drawn = new ArrayList<>(most);
        for (int i : random.sample(rows.size(), most)) {
            drawn.add(rows.get(i));
        }
        return drawn;
    }

    /** Returns the sentences that were drawn for at least one word, with these words, in their old order. */
    private static List<Sentence> chosen(List<Sentence> sentences, Map<String, List<Integer>> occurrences) {
        Map<Integer, List<String>> wordsOf = new TreeMap<>();
        occurrences.forEach((word, rows) -> rows.forEach(
                row -> wordsOf.computeIfAbsent(row, r -> new ArrayList<>()).add(word)));
        List<Sentence> chosen = new ArrayList<>(wordsOf.size());
        wordsOf.forEach((row, words) -> chosen.add(sentences.get(row).with(List.copyOf(words))));
        return chosen;
    }

    private static List<String> remarks(Map<String, List<Integer>> occurrences) {
        return occurrences.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(entry -> "no example sentence has the word '" + entry.getKey() + "'")
                .toList();
    }

    /** Returns the runs of letters and digits in lower case: what a tokenizer of the BERT family starts from. */
    static Set<String> wholeWords(String text) {
        Set<String> words = new TreeSet<>();
        for (String run : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            if (!run.isEmpty()) {
                words.add(run);
            }
        }
        return words;
    }

    private Rows rows(List<String> fields, List<Sentence> sentences, List<String> remarks) {
        return new Rows(fields, sentences.size(), i -> sentences.get(i).row(wordNet), remarks);
    }

    /**
     * A sentence by its place.
     *
     * @param synset whose example it is
     * @param number which of its examples, from 0
     * @param words  the words that it was taken for
     */
    private record Sentence(SynsetId synset, int number, List<String> words) {

        Sentence with(List<String> taken) {
            return new Sentence(synset, number, taken);
        }

        Example row(WordNet wordNet) {
            Synset read = wordNet.synset(synset);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("synset", synset.toString());
            fields.put("part_of_speech", synset.pos().id());
            fields.put("lemmas", read.lemmas());
            if (!words.isEmpty()) {
                fields.put("words", words);
            }
            return new Example(
                    synset + "." + (number + 1), read.gloss().examples().get(number), fields);
        }
    }
}
