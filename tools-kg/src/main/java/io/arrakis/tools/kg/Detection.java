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
import java.util.stream.Stream;

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

        /** Puts samples together. */
        static Sample all(List<Sample> samples) {
            List<WordPair> related = new ArrayList<>();
            List<WordPair> unrelated = new ArrayList<>();
            for (Sample sample : samples) {
                for (int i = 0; i < sample.related.length; i++) {
                    (sample.related[i] ? related : unrelated).add(sample.pairs.get(i));
                }
            }
            return of(related, unrelated);
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

        /** Returns the features of each pair, in half the room. */
        float[][] features(Function<WordPair, double[]> of) {
            return pairs.stream().map(pair -> narrowed(of.apply(pair))).toArray(float[][]::new);
        }

        private static float[] narrowed(double[] features) {
            float[] narrowed = new float[features.length];
            for (int i = 0; i < features.length; i++) {
                narrowed[i] = (float) features[i];
            }
            return narrowed;
        }
    }

    /** Returns the pairs of both halves. */
    Stream<WordPair> pairs() {
        return Stream.concat(chosen.pairs.stream(), held.pairs.stream());
    }

    /** Returns the AUROC on held-out words of the feature that tells best on the others. */
    Estimate best(Function<WordPair, double[]> features) {
        float[][] rows = chosen.features(features);
        int best = IntStream.range(0, rows[0].length)
                .boxed()
                .max(Comparator.comparingDouble(column -> auroc(rows, column, chosen.related)))
                .orElseThrow();
        return one(pair -> features.apply(pair)[best]);
    }

    private static double auroc(float[][] rows, int column, boolean[] related) {
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
    Estimate bestSum(List<? extends Scoring> scores, List<int[]> sums) {
        List<double[]> nested = scores.stream().map(score -> score.nested(this)).toList();
        boolean[] related = trying().related;
        int[] best = sums.stream()
                .max(Comparator.comparingDouble(sum -> Auroc.of(sum(nested, sum), related)))
                .orElseThrow();
        List<double[]> learnt = IntStream.range(0, scores.size())
                .mapToObj(i ->
                        IntStream.of(best).anyMatch(b -> b == i) ? scores.get(i).held(this) : new double[0])
                .toList();
        return interval(sum(learnt, best));
    }

    /** Returns the pairs of the selection half that teach when choices are made within it. */
    Sample teaching() {
        return teaching(chosen);
    }

    /** Returns those of a sample of the selection half. */
    static Sample teaching(Sample chosen) {
        return chosen.only(pair -> pair.head() % 2 == 0);
    }

    /** Returns the pairs of the selection half on which choices within it are tried. */
    Sample trying() {
        return chosen.only(pair -> pair.head() % 2 == 1);
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
