package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Alternative;
import io.arrakis.api.stats.Auroc;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.Correlation;
import io.arrakis.api.stats.IndexStatistic;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.Permutation;
import io.arrakis.api.stats.Quantiles;
import io.arrakis.api.stats.Samples;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.api.stats.UnusableSampleException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Holds scores of words against what is known of them: correlation, correlation given frequency, and how well the extremes are
 * told apart. Intervals are by bootstrap over words, of 95%.
 */
final class TruthComparison {

    private static final int DECILES = 10;
    private static final int PERMUTATIONS = 1_000;
    private static final double LEVEL = 0.95;

    private final double[] truth;
    private final double[] frequency;
    private final double[][] controls;
    private final Extremes extremes;
    private final SeededRandom random;

    /**
     * Which words count as having few and many senses.
     *
     * @param few  at most so many
     * @param many at least so many
     */
    record Extremes(double few, double many) {}

    /**
     * Takes what is known of the words.
     *
     * @param frequency number of occurrences
     * @param controls  what else is held fixed, field by field; words without a field are NaN and left out there
     */
    TruthComparison(double[] truth, double[] frequency, double[][] controls, Extremes extremes, SeededRandom random) {
        this.truth = truth;
        this.frequency = frequency;
        this.controls = controls;
        this.extremes = extremes;
        this.random = random;
    }

    /** Compares scores; what cannot be computed on these words is left empty, and said. */
    Agreement of(double[] scores, Consumer<String> warnings) {
        return new Agreement(
                scores.length,
                attempt("the rank correlation", warnings, () -> rho(scores)),
                attempt("the correlation given frequency", warnings, () -> partial(scores)),
                controls.length == 0
                        ? Optional.empty()
                        : attempt(
                                "the correlation given frequency and control fields",
                                warnings,
                                () -> controlled(scores, warnings)),
                attempt("the AUROC", warnings, () -> auroc(scores)),
                attempt("the permutation within frequency tenths", warnings, () -> pValue(scores)));
    }

    /**
     * Compares scores under several permutations.
     *
     * @return the mean of the correlations, and the range of 95% of them
     */
    Optional<Estimate> ofPermutations(double[][] permutations, Consumer<String> warnings) {
        return attempt(
                "the rank correlation of permuted neighbours",
                warnings,
                () -> overPermutations(Arrays.stream(permutations)
                        .mapToDouble(scores -> Correlation.spearman(scores, truth))
                        .toArray()));
    }

    /** Returns the mean of what permutations gave, and the range of 95% of them. */
    static Estimate overPermutations(double[] values) {
        return new Estimate(
                Moments.mean(values), Quantiles.of(values, (1 - LEVEL) / 2), Quantiles.of(values, (1 + LEVEL) / 2));
    }

    private static <T> Optional<T> attempt(String what, Consumer<String> warnings, Supplier<T> statistic) {
        try {
            return Optional.of(statistic.get());
        } catch (UnusableSampleException e) {
            return switch (e.reason()) {
                case CONSTANT, ONE_CLASS, TOO_FEW, EMPTY -> {
                    warnings.accept(what + " is not defined here: " + e.getMessage());
                    yield Optional.empty();
                }
                case NOT_FINITE, OUT_OF_RANGE, LENGTHS_DIFFER, NO_ARRANGEMENT, NOT_CONVERGED -> throw e;
            };
        }
    }

    private Estimate rho(double[] scores) {
        return overWords(scores.length, Correlation.spearmanStatistic(scores, truth), "rho");
    }

    private Estimate partial(double[] scores) {
        return overWords(scores.length, Correlation.partialSpearmanStatistic(scores, truth, frequency), "partial");
    }

    private Estimate controlled(double[] scores, Consumer<String> warnings) {
        int[] known = IntStream.range(0, scores.length)
                .filter(word -> Arrays.stream(controls).noneMatch(control -> Double.isNaN(control[word])))
                .toArray();
        if (known.length < scores.length) {
            warnings.accept((scores.length - known.length)
                    + " words have no number in a control field and are left out of the correlation given these");
        }
        double[][] fixed = Stream.concat(Stream.of(frequency), Arrays.stream(controls))
                .map(control -> Samples.pick(control, known))
                .toArray(double[][]::new);
        return overWords(
                known.length,
                Correlation.partialSpearmanStatistic(Samples.pick(scores, known), Samples.pick(truth, known), fixed),
                "controlled");
    }

    private Estimate overWords(int words, IndexStatistic statistic, String purpose) {
        Interval interval = Bootstrap.ofUnits(words).percentile(statistic, random.child(purpose));
        return new Estimate(interval.estimate(), interval.low(), interval.high());
    }

    private Estimate auroc(double[] scores) {
        int[] chosen = IntStream.range(0, truth.length)
                .filter(i -> truth[i] <= extremes.few() || truth[i] >= extremes.many())
                .toArray();
        boolean[] labels = new boolean[chosen.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = truth[chosen[i]] >= extremes.many();
        }
        Interval interval = Auroc.interval(Samples.pick(scores, chosen), labels, LEVEL);
        return new Estimate(interval.estimate(), interval.low(), interval.high());
    }

    private double pValue(double[] scores) {
        double observed = Correlation.spearman(scores, truth);
        int[] deciles = Quantiles.bins(frequency, DECILES);
        SeededRandom draws = random.child("permutation");
        double[] nulls = new double[PERMUTATIONS];
        for (int b = 0; b < nulls.length; b++) {
            int[] permuted = Permutation.within(deciles, draws);
            nulls[b] = Correlation.spearman(Samples.pick(scores, permuted), truth);
        }
        return Permutation.pValue(observed, nulls, Alternative.GREATER);
    }
}
