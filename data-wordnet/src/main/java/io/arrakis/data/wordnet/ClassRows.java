package io.arrakis.data.wordnet;

import io.arrakis.api.data.Example;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Members of classes as positives, and for each two nouns from outside of its class and of the same half as negatives.
 *
 * <p>A positive whose text or definition names the class is left out. Of a large class 300 positives a half are drawn. Which half a
 * noun is of follows from its name, so the halves of two classes never share a noun.
 */
final class ClassRows {

    private static final int MOST_POSITIVES_A_HALF = 300;
    private static final int NEGATIVES_A_POSITIVE = 2;
    private static final List<String> FIELDS =
            List.of("class", "label", "synset", "lemmas", "lexicographer_file", "half");

    private final WordNet wordNet;
    private final ClassText text;
    private final SeededRandom random;
    private final List<SynsetId> nouns = new ArrayList<>();

    /** Prepares draws that do not depend on which classes are asked for. */
    ClassRows(WordNet wordNet, ClassText text, SeededRandom random) {
        this.wordNet = wordNet;
        this.text = text;
        this.random = random;
        wordNet.forEachId(PartOfSpeech.NOUN, nouns::add);
    }

    /** Returns the rows of some classes, of one half or both, with one label or both. */
    Rows of(Collection<WordClass> classes, Optional<Integer> half, Optional<Boolean> label) {
        List<Noun> rows = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (WordClass wordClass : classes) {
            List<Noun> all = nounsOf(wordClass);
            if (all.isEmpty()) {
                remarks.add("no noun of the class '" + wordClass.id() + "' has a lemma in lower case");
            }
            all.removeIf(noun -> half.isPresent() && noun.synset().half() != half.get());
            all.removeIf(noun -> label.isPresent() && noun.label() != label.get());
            rows.addAll(all);
        }
        return new Rows(FIELDS, rows.size(), i -> row(rows.get(i)), remarks);
    }

    private List<Noun> nounsOf(WordClass wordClass) {
        ClassMembers members = ClassMembers.of(wordClass, wordNet);
        SeededRandom draws = random.child(wordClass.id());
        List<SynsetId> positives = positives(members, draws.child("positives"));
        List<Noun> drawn = new ArrayList<>();
        positives.forEach(synset -> drawn.add(new Noun(wordClass, true, synset)));
        for (int half = 0; half <= 1; half++) {
            negatives(
                            members,
                            half,
                            countOfHalf(positives, half),
                            draws.child("negatives").child(half))
                    .forEach(synset -> drawn.add(new Noun(wordClass, false, synset)));
        }
        return drawn;
    }

    private List<SynsetId> positives(ClassMembers members, SeededRandom draws) {
        List<SynsetId> fit = members.members().stream()
                .filter(id -> isFit(wordNet.synset(id), members))
                .toList();
        List<SynsetId> positives = new ArrayList<>();
        for (int half = 0; half <= 1; half++) {
            int wanted = half;
            List<SynsetId> ofHalf =
                    fit.stream().filter(id -> id.half() == wanted).toList();
            int[] drawn = draws.child(half).sample(ofHalf.size(), Math.min(MOST_POSITIVES_A_HALF, ofHalf.size()));
            Arrays.sort(drawn);
            Arrays.stream(drawn).mapToObj(ofHalf::get).forEach(positives::add);
        }
        return positives;
    }

    private boolean isFit(Synset synset, ClassMembers members) {
        Optional<String> shown = textOf(synset);
        return shown.isPresent()
                && !members.isNamedIn(shown.get())
                && !members.isNamedIn(synset.gloss().definition());
    }

    private Set<SynsetId> negatives(ClassMembers members, int half, int positives, SeededRandom draws) {
        Set<SynsetId> negatives = new LinkedHashSet<>();
        while (negatives.size() < NEGATIVES_A_POSITIVE * positives) {
            SynsetId noun = nouns.get(draws.nextInt(nouns.size()));
            if (noun.half() == half
                    && !members.contains(noun)
                    && textOf(wordNet.synset(noun)).isPresent()) {
                negatives.add(noun);
            }
        }
        return negatives;
    }

    private static int countOfHalf(List<SynsetId> synsets, int half) {
        return (int) synsets.stream().filter(synset -> synset.half() == half).count();
    }

    private Optional<String> textOf(Synset synset) {
        return switch (text) {
            case DEFINITION -> Optional.of(synset.gloss().definition());
            case LEMMA ->
                synset.lemmas().stream().filter(ClassRows::isLowerCase).findFirst();
        };
    }

    private static boolean isLowerCase(String lemma) {
        return lemma.equals(lemma.toLowerCase(Locale.ROOT));
    }

    private Example row(Noun noun) {
        Synset synset = wordNet.synset(noun.synset());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("class", noun.wordClass().id());
        fields.put("label", noun.label());
        fields.put("synset", synset.id().toString());
        fields.put("lemmas", synset.lemmas());
        fields.put("lexicographer_file", LexicographerFiles.name(synset.lexicographerFile()));
        fields.put("half", (long) synset.id().half());
        String id = noun.wordClass().id() + "." + synset.id();
        return new Example(id, textOf(synset).orElseThrow(), fields);
    }

    private record Noun(WordClass wordClass, boolean label, SynsetId synset) {}
}
