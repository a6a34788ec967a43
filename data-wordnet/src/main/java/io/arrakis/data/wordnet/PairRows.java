package io.arrakis.data.wordnet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pairs of different plain words that stand in a relation, each in one of its first two senses of its part of speech.
 *
 * <p>Both words of a pair are of one half, so that no word is in both halves. Two words make one pair at most; where they stand in
 * two relations they are left out, so that the relation of a pair says what it is. Pairs come by relation, then in the order of
 * the corpus. What a symmetric relation has twice comes in the order in which it is met first.
 */
final class PairRows {

    private static final int SENSES = 2;
    private static final List<String> FIELDS = List.of(
            "relation",
            "head",
            "tail",
            "head_part_of_speech",
            "tail_part_of_speech",
            "head_synset",
            "tail_synset",
            "half");

    private final WordNet wordNet;
    private final Map<SynsetId, List<String>> wordsOf = new TreeMap<>();

    /**
     * Finds the synsets that pairs can be made of.
     *
     * @param words         the words, plain ones
     * @param partsOfSpeech those in which the words may stand
     */
    PairRows(WordNet wordNet, Collection<String> words, Set<PartOfSpeech> partsOfSpeech) {
        this.wordNet = wordNet;
        for (PartOfSpeech pos : partsOfSpeech) {
            for (String word : words) {
                List<SynsetId> senses = wordNet.senses(pos, word);
                for (SynsetId sense : senses.subList(0, Math.min(SENSES, senses.size()))) {
                    wordsOf.computeIfAbsent(sense, s -> new ArrayList<>()).add(word);
                }
            }
        }
        wordsOf.replaceAll((synset, usable) -> asSpelled(wordNet.synset(synset), usable));
    }

    /** Returns the usable words in the order of the synset, without those that it spells in another way, as names. */
    private static List<String> asSpelled(Synset synset, List<String> usable) {
        return synset.words().stream().filter(usable::contains).toList();
    }

    /**
     * Returns the pairs of some relations.
     *
     * @param relations those to return; all are looked at to find the pairs that have two
     * @param half      the half of both words
     * @param perWord   in how many pairs of a relation a word is the head at most, and in how many the tail
     */
    Rows of(Set<Relation> relations, Optional<Integer> half, Optional<Integer> perWord) {
        List<WordPair> pairs = new ArrayList<>(unambiguous());
        pairs.removeIf(pair -> !relations.contains(pair.relation()));
        pairs.removeIf(pair -> half.isPresent() && pair.half() != half.get());
        pairs.sort(Comparator.comparing(WordPair::relation));
        List<WordPair> kept = perWord.map(most -> capped(pairs, most)).orElse(pairs);
        return new Rows(FIELDS, kept.size(), i -> kept.get(i).row(), List.of());
    }

    private Collection<WordPair> unambiguous() {
        Map<String, WordPair> pairs = new LinkedHashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (WordPair pair : all()) {
            WordPair first = pairs.putIfAbsent(pair.unordered(), pair);
            if (first != null && first.relation() != pair.relation()) {
                ambiguous.add(pair.unordered());
            }
        }
        pairs.keySet().removeAll(ambiguous);
        return pairs.values();
    }

    private List<WordPair> all() {
        List<WordPair> pairs = new ArrayList<>();
        wordsOf.forEach((synset, words) -> {
            addSynonyms(synset, words, pairs);
            wordNet.pointers(synset).forEach(pointer -> addPointer(synset, pointer, pairs));
        });
        return pairs;
    }

    private static void addSynonyms(SynsetId synset, List<String> words, List<WordPair> pairs) {
        for (int i = 0; i < words.size(); i++) {
            for (String tail : words.subList(i + 1, words.size())) {
                add(new WordPair(Relation.SYNONYM, words.get(i), synset, tail, synset), pairs);
            }
        }
    }

    private void addPointer(SynsetId synset, Pointer pointer, List<WordPair> pairs) {
        Optional<Relation> relation = relation(pointer.type());
        if (relation.isEmpty() || !wordsOf.containsKey(pointer.target())) {
            return;
        }
        for (String head : ends(synset, pointer.from())) {
            for (String tail : ends(pointer.target(), pointer.to())) {
                add(new WordPair(relation.get(), head, synset, tail, pointer.target()), pairs);
            }
        }
    }

    private static void add(WordPair pair, List<WordPair> pairs) {
        if (!pair.head().equals(pair.tail()) && Halves.of(pair.head()) == Halves.of(pair.tail())) {
            pairs.add(pair);
        }
    }

    private static Optional<Relation> relation(PointerType type) {
        return switch (type) {
            case ANTONYM -> Optional.of(Relation.ANTONYM);
            case HYPERNYM -> Optional.of(Relation.HYPERNYM);
            case MEMBER_MERONYM, SUBSTANCE_MERONYM, PART_MERONYM -> Optional.of(Relation.MERONYM);
            case DERIVATION -> Optional.of(Relation.DERIVATIONAL);
            case HYPONYM, INSTANCE_HYPONYM -> Optional.empty();
        };
    }

    /** Returns the one word that a pointer names, if it can be used, or all that can be used where it names the synset. */
    private List<String> ends(SynsetId synset, int number) {
        List<String> usable = wordsOf.get(synset);
        if (number == 0) {
            return usable;
        }
        String word = wordNet.synset(synset).words().get(number - 1);
        return usable.contains(word) ? List.of(word) : List.of();
    }

    private static List<WordPair> capped(List<WordPair> pairs, int most) {
        Map<String, Integer> counts = new HashMap<>();
        List<WordPair> kept = new ArrayList<>();
        for (WordPair pair : pairs) {
            String head = pair.relation().id() + " head " + pair.head();
            String tail = pair.relation().id() + " tail " + pair.tail();
            if (counts.getOrDefault(head, 0) < most && counts.getOrDefault(tail, 0) < most) {
                counts.merge(head, 1, Integer::sum);
                counts.merge(tail, 1, Integer::sum);
                kept.add(pair);
            }
        }
        return kept;
    }
}
