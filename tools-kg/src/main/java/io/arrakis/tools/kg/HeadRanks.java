package io.arrakis.tools.kg;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.MultipleTesting;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Collects the ranks of related words in their sentences, by head and direction. */
final class HeadRanks {

    private static final int FLIPS = 2_000;
    private static final int RESAMPLES = 1_000;
    private static final int LEAST = 8;

    /** The rank of a related word, and of a token as far from another one; NaN where there is none. */
    private record Ranked(double rank, double sameDistance, Half half) {}

    private final SeededRandom random;
    private final Map<String, List<Ranked>> byHead = new LinkedHashMap<>();
    private final Map<String, int[]> places = new LinkedHashMap<>();

    HeadRanks(SeededRandom random) {
        this.random = random;
    }

    /** Adds one sentence in all heads of a block. */
    void add(SentenceScores scores, SentencePair pair) {
        for (boolean turned : new boolean[] {false, true}) {
            int query = pair.place(Side.QUERY, turned);
            int key = pair.place(Side.KEY, turned);
            if (!scores.sees(query, key)) {
                continue;
            }
            Optional<Integer> other = otherQuery(scores, pair, key - query);
            for (int head = 0; head < scores.architecture().dims().nHeads(); head++) {
                double rank = scores.rank(head, query, key);
                if (Double.isNaN(rank)) {
                    continue;
                }
                int own = head;
                double control = other.map(from -> scores.rank(own, from, from + key - query))
                        .orElse(Double.NaN);
                String name =
                        RelationalSubspaces.name(scores.block(), head) + (turned ? " tail to head" : " head to tail");
                places.putIfAbsent(name, new int[] {scores.block(), head, turned ? 1 : 0});
                byHead.computeIfAbsent(name, n -> new ArrayList<>()).add(new Ranked(rank, control, pair.half()));
            }
        }
    }

    /** Another token from which a token at the same distance is in the sentence; neither is of the pair. */
    private Optional<Integer> otherQuery(SentenceScores scores, SentencePair pair, int distance) {
        List<Integer> possible = new ArrayList<>();
        for (int from = 0; from < pair.count(); from++) {
            int to = from + distance;
            boolean free = from != pair.head() && from != pair.tail() && to != pair.head() && to != pair.tail();
            if (free && to >= 0 && to < pair.count() && scores.sees(from, to)) {
                possible.add(from);
            }
        }
        return possible.isEmpty() ? Optional.empty() : Optional.of(possible.get(random.nextInt(possible.size())));
    }

    SentenceRelations result(int sentences, int leftOut) {
        List<String> names = new ArrayList<>(byHead.keySet());
        double[] pValues = names.stream()
                .mapToDouble(name -> pValue(byHead.get(name), random.child(name)))
                .toArray();
        Optional<String> best = names.stream()
                .filter(name -> smallerHalf(name) >= LEAST)
                .max(Comparator.comparingDouble(name -> mean(half(name, Half.SELECTION))));
        return new SentenceRelations(
                best.map(name -> estimate(half(name, Half.REPORT))).orElse(Estimate.withoutInterval(Double.NaN)),
                best.orElse(""),
                sentences,
                leftOut,
                table(names, pValues, adjusted(pValues)),
                warnings(leftOut, best.isPresent(), pValues));
    }

    private int smallerHalf(String name) {
        return Math.min(
                half(name, Half.SELECTION).size(), half(name, Half.REPORT).size());
    }

    /** Adjusts the p-values that there are; the others stay NaN. */
    private static double[] adjusted(double[] pValues) {
        int[] tested = IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .toArray();
        double[] adjusted = pValues.clone();
        if (tested.length > 0) {
            double[] found = MultipleTesting.benjaminiHochberg(
                    IntStream.of(tested).mapToDouble(i -> pValues[i]).toArray());
            for (int i = 0; i < tested.length; i++) {
                adjusted[tested[i]] = found[i];
            }
        }
        return adjusted;
    }

    private List<String> warnings(int leftOut, boolean chosen, double[] pValues) {
        List<String> warnings = new ArrayList<>();
        if (leftOut > 0) {
            warnings.add(leftOut + " texts do not have both words of their pair and were left out");
        }
        if (byHead.isEmpty()) {
            warnings.add("no query sees its key and another token besides, so that there is nothing to rank");
        } else if (!chosen) {
            warnings.add(tooFew());
        }
        long untested = Arrays.stream(pValues).filter(Double::isNaN).count();
        if (untested > 0) {
            warnings.add(
                    untested + " of " + pValues.length + " heads and directions have no sentence with two other tokens"
                            + " as far apart: same_distance and the p-values of these are NaN");
        }
        return warnings;
    }

    private String tooFew() {
        String most = byHead.keySet().stream()
                .max(Comparator.comparingInt(this::smallerHalf))
                .orElseThrow();
        return "no head is chosen: that takes " + LEAST + " pairs in each half of the words, and there are at most "
                + half(most, Half.SELECTION).size() + " and "
                + half(most, Half.REPORT).size() + "; the first word of a pair decides its half";
    }

    private List<Ranked> half(String name, Half half) {
        return byHead.get(name).stream().filter(ranked -> ranked.half() == half).toList();
    }

    private static double mean(List<Ranked> ranks) {
        return ranks.stream().mapToDouble(Ranked::rank).average().orElseThrow();
    }

    private Estimate estimate(List<Ranked> ranks) {
        double[] values = ranks.stream().mapToDouble(Ranked::rank).toArray();
        Interval interval = Bootstrap.ofUnits(values.length)
                .withResamples(RESAMPLES)
                .percentile(
                        units -> Moments.mean(
                                Arrays.stream(units).mapToDouble(i -> values[i]).toArray()),
                        random.child("interval"));
        return new Estimate(Moments.mean(values), interval.low(), interval.high());
    }

    /** One-sided: how often the mean difference to the same distance is as large when signs are turned at random; NaN without a difference. */
    private static double pValue(List<Ranked> ranks, SeededRandom random) {
        double[] differences = ranks.stream()
                .filter(ranked -> !Double.isNaN(ranked.sameDistance()))
                .mapToDouble(ranked -> ranked.rank() - ranked.sameDistance())
                .toArray();
        if (differences.length == 0) {
            return Double.NaN;
        }
        double observed = Arrays.stream(differences).sum();
        int asLarge = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            asLarge += sum >= observed ? 1 : 0;
        }
        return (1.0 + asLarge) / (FLIPS + 1);
    }

    private Table table(List<String> names, double[] pValues, double[] adjusted) {
        Table.Builder table = Table.builder()
                .text("type", "The head.")
                .integer("block", "")
                .integer("head", "")
                .text("direction", "Which word looks at which.")
                .integer("pairs", "In how many sentences the query sees the key.")
                .number("auroc", "Mean rank of the related word among the tokens of its sentence; .5 by chance.")
                .number("same_distance", "The same of other tokens as far apart; NaN where there are none.")
                .number("p_value", "Of the difference, by turning signs.")
                .number("adjusted_p_value", "After Benjamini and Hochberg, over heads and directions.");
        for (int i = 0; i < names.size(); i++) {
            List<Ranked> ranks = byHead.get(names.get(i));
            int[] place = places.get(names.get(i));
            table.row(
                    RelationalSubspaces.name(place[0], place[1]),
                    place[0],
                    place[1],
                    place[2] == 0 ? "head to tail" : "tail to head",
                    ranks.size(),
                    mean(ranks),
                    ranks.stream()
                            .mapToDouble(Ranked::sameDistance)
                            .filter(rank -> !Double.isNaN(rank))
                            .average()
                            .orElse(Double.NaN),
                    pValues[i],
                    adjusted[i]);
        }
        return table.build();
    }
}
