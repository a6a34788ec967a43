package io.arrakis.tools.kg;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Auroc;
import io.arrakis.api.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Telling related pairs from unrelated ones: choosing on one half of the words, reporting on the other.
 *
 * @param chosen pairs of the selection half
 * @param held   pairs of the report half
 */
record Detection(Sample chosen, Sample held) {

    private static final double C = 0.1;
    private static final double LEVEL = 0.95;

    /** Pairs, and whether each is related. */
    record Sample(List<WordPair> pairs, boolean[] related) {

        static Sample of(List<WordPair> related, List<WordPair> unrelated) {
            List<WordPair> pairs = new ArrayList<>(related);
            pairs.addAll(unrelated);
            boolean[] labels = new boolean[pairs.size()];
            Arrays.fill(labels, 0, related.size(), true);
            return new Sample(pairs, labels);
        }

        Sample only(Predicate<WordPair> wanted) {
            int[] kept = IntStream.range(0, pairs.size())
                    .filter(i -> wanted.test(pairs.get(i)))
                    .toArray();
            boolean[] labels = new boolean[kept.length];
            for (int i = 0; i < kept.length; i++) {
                labels[i] = related[kept[i]];
            }
            return new Sample(Arrays.stream(kept).mapToObj(pairs::get).toList(), labels);
        }

        double[][] features(Function<WordPair, double[]> of) {
            return pairs.stream().map(of).toArray(double[][]::new);
        }
    }

    /** Returns the AUROC on held-out words of the feature that tells best on the others. */
    Estimate best(Function<WordPair, double[]> features) {
        double[][] rows = chosen.features(features);
        int best = IntStream.range(0, rows[0].length)
                .boxed()
                .max(Comparator.comparingDouble(column -> auroc(rows, column, chosen.related)))
                .orElseThrow();
        return one(pair -> features.apply(pair)[best]);
    }

    private static double auroc(double[][] rows, int column, boolean[] related) {
        return Auroc.of(
                IntStream.range(0, rows.length)
                        .mapToDouble(i -> rows[i][column])
                        .toArray(),
                related);
    }

    /** Returns the AUROC of one score on held-out words. */
    Estimate one(ToDoubleFunction<WordPair> score) {
        return interval(held.pairs.stream().mapToDouble(score).toArray());
    }

    /** Returns the AUROC on held-out words of a logistic regression on all features. */
    Estimate logistic(Function<WordPair, double[]> features) {
        return interval(new LearntScore(features, C).scores(chosen, held));
    }

    /**
     * Returns the AUROC on held-out words of the sum of learnt scores that tells best, within the selection half, on pairs whose
     * first words did not teach it; those scores are then learnt on all of the selection half.
     *
     * @param scores what can be learnt
     * @param sums   which of them are added, by their places
     */
    Estimate bestSum(List<LearntScore> scores, List<int[]> sums) {
        Sample teaching = chosen.only(pair -> pair.head() % 2 == 0);
        Sample trying = chosen.only(pair -> pair.head() % 2 == 1);
        List<double[]> nested =
                scores.stream().map(score -> score.scores(teaching, trying)).toList();
        int[] best = sums.stream()
                .max(Comparator.comparingDouble(sum -> Auroc.of(sum(nested, sum), trying.related)))
                .orElseThrow();
        List<double[]> learnt = IntStream.range(0, scores.size())
                .mapToObj(i ->
                        IntStream.of(best).anyMatch(b -> b == i) ? scores.get(i).scores(chosen, held) : new double[0])
                .toList();
        return interval(sum(learnt, best));
    }

    private static double[] sum(List<double[]> scores, int[] places) {
        double[] sum = new double[scores.get(places[0]).length];
        for (int place : places) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += scores.get(place)[i];
            }
        }
        return sum;
    }

    private Estimate interval(double[] scores) {
        Interval interval = Auroc.interval(scores, held.related, LEVEL);
        return new Estimate(interval.estimate(), interval.low(), interval.high());
    }
}
