package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether vectors tell senses apart: how often the nearest other labelled occurrence of a word has the same sense.
 *
 * <p>An occurrence is labelled where its text illustrates a sense of the word: the text's field {@code lemmas} holds the word,
 * and its field {@code synset} names the sense. Only words count of which two senses or more are each shown by two texts or more:
 * elsewhere a neighbour is right or wrong whatever the vectors say. Occurrences whose sense no other text shows can be neighbours
 * but are not counted, since nothing could be right. Compared are cosines after the mean of the word's occurrences is subtracted.
 * The interval is by bootstrap over words.
 */
final class SenseCheck {

    private static final String SENSE = "synset";
    private static final String WORDS = "lemmas";

    private final TreeMap<String, List<Labelled>> occurrences = new TreeMap<>();

    private record Labelled(int row, String sense) {}

    /** Reads which occurrences of some words are labelled. */
    SenseCheck(Dataset texts, TokenRows rows, Words words, Set<String> asked) {
        if (texts.fields().containsAll(List.of(SENSE, WORDS))) {
            read(texts, rows, words, asked);
        }
    }

    private void read(Dataset texts, TokenRows rows, Words words, Set<String> asked) {
        int text = 0;
        for (Example example : texts) {
            Set<String> illustrated = new HashSet<>(example.texts(WORDS));
            Optional<String> sense = example.text(SENSE);
            if (sense.isPresent() && text < rows.examples()) {
                label(text, illustrated, sense.get(), rows, words, asked);
            }
            text++;
        }
        occurrences.values().removeIf(labelled -> sensesShownTwice(labelled) < 2);
    }

    private void label(
            int text, Set<String> illustrated, String sense, TokenRows rows, Words words, Set<String> asked) {
        Set<String> seen = new HashSet<>();
        for (int row = rows.firstRow(text); row < rows.firstRow(text + 1); row++) {
            if (rows.wholeWord(row)) {
                String word = words.name(words.ofToken(rows.tokenId(row)));
                if (illustrated.contains(word) && asked.contains(word) && seen.add(word)) {
                    occurrences
                            .computeIfAbsent(word, added -> new ArrayList<>())
                            .add(new Labelled(row, sense));
                }
            }
        }
    }

    /** Returns how often the nearest other occurrence has the same sense, or nothing without labels. */
    Optional<SenseAccuracy> accuracy(Activations activations, HookName hook, VectorSpace space, SeededRandom random) {
        List<Integer> wordOf = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        double chance = 0;
        int word = 0;
        for (List<Labelled> labelled : occurrences.values()) {
            boolean[] hits = hits(labelled, activations, hook, space);
            for (int i = 0; i < hits.length; i++) {
                if (isShownTwice(labelled.get(i).sense(), labelled)) {
                    wordOf.add(word);
                    right.add(hits[i]);
                    chance += (shown(labelled.get(i).sense(), labelled) - 1.0) / (labelled.size() - 1);
                }
            }
            word++;
        }
        if (wordOf.stream().distinct().count() < 2) {
            return Optional.empty();
        }
        int[] clusters = wordOf.stream().mapToInt(Integer::intValue).toArray();
        Estimate nearest = Detection.estimate(Bootstrap.ofClusters(clusters)
                .percentile(
                        units -> {
                            int hits = 0;
                            for (int unit : units) {
                                hits += right.get(unit) ? 1 : 0;
                            }
                            return (double) hits / units.length;
                        },
                        random));
        return Optional.of(new SenseAccuracy(nearest, chance / clusters.length));
    }

    private static long sensesShownTwice(List<Labelled> labelled) {
        return labelled.stream()
                .map(Labelled::sense)
                .distinct()
                .filter(sense -> isShownTwice(sense, labelled))
                .count();
    }

    private static boolean isShownTwice(String sense, List<Labelled> labelled) {
        return shown(sense, labelled) > 1;
    }

    private static long shown(String sense, List<Labelled> labelled) {
        return labelled.stream().filter(one -> one.sense().equals(sense)).count();
    }

    /** Leaves what tells the occurrences of a word apart: what all of them share says nothing of its senses. */
    private static void subtractMean(float[] rows, int count, int width) {
        float[] mean = new float[width];
        for (int i = 0; i < rows.length; i++) {
            mean[i % width] += rows[i] / count;
        }
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < width; i++) {
                rows[row * width + i] -= mean[i];
            }
            VectorSpace.toUnit(rows, row * width, width);
        }
    }

    private static boolean[] hits(List<Labelled> labelled, Activations activations, HookName hook, VectorSpace space) {
        int n = labelled.size();
        float[] rows = activations.gather(
                hook, labelled.stream().mapToInt(Labelled::row).toArray());
        space.apply(rows, n);
        subtractMean(rows, n, space.width());
        boolean[] hits = new boolean[n];
        for (int i = 0; i < n; i++) {
            int nearest = -1;
            double best = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                double cosine = i == j
                        ? Double.NEGATIVE_INFINITY
                        : SelfSimilarity.dot(rows, i * space.width(), j * space.width(), space.width());
                if (cosine > best) {
                    best = cosine;
                    nearest = j;
                }
            }
            hits[i] = labelled.get(nearest).sense().equals(labelled.get(i).sense());
        }
        return hits;
    }
}
