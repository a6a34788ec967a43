package io.arrakis.data.wordnet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words that polysemy and relations are asked of: lemmas of the letters a to z, at least three of them, that are no stop
 * words, have a sense that is spelled in lower case (no names), and are not inflected forms of other lemmas.
 *
 * <p>A model reads such a word as one only if its tokenizer has it as a single token. That is for the reader of the data to
 * ask: this list knows no model. With the tokenizer of all-MiniLM-L6-v2 there remain 9,720 words.
 */
final class PlainWords {

    private static final int SHORTEST = 3;

    private final WordNet wordNet;
    private final Inflection inflection;
    private final Set<String> stopWords = StopWords.read();

    PlainWords(WordNet wordNet) {
        this.wordNet = wordNet;
        this.inflection = new Inflection(wordNet);
    }

    /** Returns all of them in the order of the alphabet. */
    List<String> all() {
        Set<String> lemmas = new TreeSet<>();
        for (PartOfSpeech pos : PartOfSpeech.values()) {
            wordNet.forEachLemma(pos, lemma -> {
                if (hasForm(lemma)) {
                    lemmas.add(lemma);
                }
            });
        }
        lemmas.removeAll(stopWords);
        return lemmas.stream()
                .filter(lemma -> inflection.baseOf(lemma).isEmpty())
                .filter(this::hasLowerCaseSense)
                .toList();
    }

    /** Returns those of the given words that are among them, in the order of the alphabet. */
    List<String> among(Collection<String> words) {
        List<String> plain = new ArrayList<>(new TreeSet<>(words));
        plain.removeIf(word -> objection(word).isPresent());
        return Collections.unmodifiableList(plain);
    }

    /** Says why a word is not among them, as the end of a sentence, or nothing where it is. */
    Optional<String> objection(String word) {
        if (!hasForm(word)) {
            return Optional.of("is not of three or more letters a to z in lower case");
        }
        if (stopWords.contains(word)) {
            return Optional.of("is a stop word");
        }
        if (!wordNet.hasLemma(word)) {
            return Optional.of("is not in WordNet");
        }
        Optional<String> base = inflection.baseOf(word);
        if (base.isPresent()) {
            return Optional.of("counts as a form of '" + base.get() + "'");
        }
        return hasLowerCaseSense(word) ? Optional.empty() : Optional.of("has only senses that are names");
    }

    private static boolean hasForm(String lemma) {
        return lemma.length() >= SHORTEST && lemma.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    private boolean hasLowerCaseSense(String word) {
        return wordNet.senses(word).stream()
                .anyMatch(sense -> wordNet.synset(sense).words().contains(word));
    }
}
