package io.arrakis.tools.kg;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stats.Derangement;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Halves;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Labelled pairs of words that the model has as one token each, split into halves by their words so that no word is in both.
 *
 * @param relations names of the relations, in the order in which they were met
 * @param pairs     the pairs that are kept
 * @param truth     keys of all pairs that are related in any way, kept or not, in both directions
 * @param leftOut   how many pairs are not kept, and why
 */
record PairSet(List<String> relations, List<WordPair> pairs, Set<Long> truth, LeftOutPairs leftOut) {

    private static final String HEAD_POS = "head_part_of_speech";
    private static final String TAIL_POS = "tail_part_of_speech";

    /** At most so many pairs of a relation with the same word at the same side, and so many of a relation and half. */
    record Limits(int perWord, int perHalf) {}

    /**
     * Reads pairs.
     *
     * @param data    rows with the fields relation, head and tail; parts of speech where they are known
     * @param place   of each usable word
     * @param random  draws the pairs that are kept where there are too many
     * @throws ArrakisException if there are fewer than two relations, or a relation has too few pairs in a half
     */
    static PairSet read(Dataset data, Map<String, Integer> place, Limits limits, SeededRandom random) {
        Map<String, List<WordPair>> byRelation = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        Set<Long> truth = new HashSet<>();
        Map<LeftOutPairs.Reason, Integer> leftOut = new EnumMap<>(LeftOutPairs.Reason.class);
        int rows = 0;
        for (Example row : data) {
            String head = row.text(PairFields.HEAD).orElse("");
            String tail = row.text(PairFields.TAIL).orElse("");
            String relation = row.text(PairFields.RELATION).orElse("");
            if (place.containsKey(head) && place.containsKey(tail)) {
                truth.add(key(place.get(head), place.get(tail)));
                truth.add(key(place.get(tail), place.get(head)));
            }
            rows++;
            if (!place.containsKey(head) || !place.containsKey(tail)) {
                leftOut.merge(LeftOutPairs.Reason.NO_WORD, 1, Integer::sum);
            } else if (Halves.of(head) != Halves.of(tail)) {
                leftOut.merge(LeftOutPairs.Reason.TWO_HALVES, 1, Integer::sum);
            } else if (!countIn(counts, relation, head, tail, limits.perWord())) {
                leftOut.merge(LeftOutPairs.Reason.PER_WORD, 1, Integer::sum);
            } else {
                int number = new ArrayList<>(byRelation.keySet()).indexOf(relation);
                byRelation
                        .computeIfAbsent(relation, r -> new ArrayList<>())
                        .add(new WordPair(
                                place.get(head),
                                place.get(tail),
                                number < 0 ? byRelation.size() - 1 : number,
                                relation
                                        + ' '
                                        + row.text(HEAD_POS).orElse("")
                                        + ' '
                                        + row.text(TAIL_POS).orElse(""),
                                Halves.of(head)));
            }
        }
        return kept(byRelation, truth, new LeftOutPairs(rows, leftOut), limits.perHalf(), random);
    }

    private static boolean countIn(
            Map<String, Integer> counts, String relation, String head, String tail, int perWord) {
        String asHead = relation + " head " + head;
        String asTail = relation + " tail " + tail;
        if (counts.getOrDefault(asHead, 0) >= perWord || counts.getOrDefault(asTail, 0) >= perWord) {
            return false;
        }
        counts.merge(asHead, 1, Integer::sum);
        counts.merge(asTail, 1, Integer::sum);
        return true;
    }

    private static PairSet kept(
            Map<String, List<WordPair>> byRelation,
            Set<Long> truth,
            LeftOutPairs leftOut,
            int perHalf,
            SeededRandom random) {
        List<String> relations = List.copyOf(byRelation.keySet());
        List<WordPair> kept = new ArrayList<>();
        for (String relation : relations) {
            for (Half half : Half.values()) {
                List<WordPair> all = byRelation.get(relation).stream()
                        .filter(pair -> pair.half() == half)
                        .toList();
                int[] chosen = random.child(relation, half.name()).sample(all.size(), Math.min(perHalf, all.size()));
                Arrays.sort(chosen);
                Arrays.stream(chosen).mapToObj(all::get).forEach(kept::add);
            }
        }
        int usable = byRelation.values().stream().mapToInt(List::size).sum();
        return new PairSet(relations, kept, truth, leftOut.with(LeftOutPairs.Reason.PER_HALF, usable - kept.size()));
    }

    /** Returns the pairs of a half, and of one relation where it is not negative. */
    List<WordPair> of(Half half, int relation) {
        return pairs.stream()
                .filter(pair -> pair.half() == half && (relation < 0 || pair.relation() == relation))
                .toList();
    }

    /**
     * Returns pairs of unrelated words: the second words of the given pairs change places within relation and parts of speech, so
     * that a word is as often first or second as before. Pairs without a partner are left out.
     */
    List<WordPair> deranged(List<WordPair> related, SeededRandom random) {
        Map<String, Integer> strata = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        related.forEach(pair -> sizes.merge(pair.stratum(), 1, Integer::sum));
        List<WordPair> usable =
                related.stream().filter(pair -> sizes.get(pair.stratum()) > 3).toList();
        int[] groups = usable.stream()
                .mapToInt(pair -> strata.computeIfAbsent(pair.stratum(), s -> strata.size()))
                .toArray();
        Derangement derangement = Derangement.avoiding(
                groups,
                (unit, partner) ->
                        !unrelated(usable.get(unit), usable.get(partner).tail()),
                random);
        List<WordPair> deranged = new ArrayList<>();
        for (int i = 0; i < usable.size(); i++) {
            deranged.add(
                    usable.get(i).withTail(usable.get(derangement.partner(i)).tail()));
        }
        return deranged;
    }

    /** Returns whether a word can stand for the second of a pair so that the two are not related. */
    boolean unrelated(WordPair pair, int other) {
        return other != pair.head() && other != pair.tail() && !truth.contains(key(pair.head(), other));
    }

    /** Returns pairs by relation and parts of speech. */
    static Map<String, List<WordPair>> byStratum(List<WordPair> pairs) {
        Map<String, List<WordPair>> groups = new LinkedHashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(pair.stratum(), s -> new ArrayList<>()).add(pair));
        return groups;
    }

    static long key(int head, int tail) {
        return ((long) head << 32) | tail;
    }

    static int head(long key) {
        return (int) (key >> 32);
    }

    static int tail(long key) {
        return (int) key;
    }

    /** Refuses what nothing can be learnt from. */
    void requireEnough(int atLeast, String origin) {
        if (relations.isEmpty()) {
            throw unfit(
                    origin,
                    "no pair is usable",
                    "both words must be among the words, be one token each of the model, and be of one half of the words");
        }
        if (relations.size() < 2) {
            throw unfit(
                    origin,
                    "all usable pairs are of one relation, '" + relations.get(0) + "'",
                    "give two relations or more");
        }
        for (int relation = 0; relation < relations.size(); relation++) {
            for (Half half : Half.values()) {
                int count = of(half, relation).size();
                if (count < atLeast) {
                    throw unfit(
                            origin,
                            "relation '" + relations.get(relation) + "' has " + count
                                    + " usable pairs in one half of the words (both words one token each, and of one half)",
                            "give at least " + atLeast + " in each half");
                }
            }
        }
    }

    private static ArrakisException unfit(String origin, String message, String mend) {
        return new ArrakisException(ErrorCode.DATA_UNFIT, origin, message, mend);
    }
}
