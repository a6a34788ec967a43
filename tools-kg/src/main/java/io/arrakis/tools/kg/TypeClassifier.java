package io.arrakis.tools.kg;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.ConfusionMatrix;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.LogisticModel;
import io.arrakis.api.stats.LogisticRegression;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.api.stats.Standardisation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Saying which relation a pair stands in: learnt on one half of the words, tried on the other.
 *
 * @param relations number of relations
 * @param learnt    pairs of the selection half
 * @param held      pairs of the report half
 * @param random    for the intervals
 */
record TypeClassifier(int relations, List<WordPair> learnt, List<WordPair> held, SeededRandom random) {

    private static final LogisticRegression.Options PENALTY = new LogisticRegression.Options(0.05, 1e-4, 200);
    private static final int RESAMPLES = 500;

    /** Returns the pairs of both halves. */
    Stream<WordPair> pairs() {
        return Stream.concat(learnt.stream(), held.stream());
    }

    /** Returns the relation that each held-out pair is taken for. */
    int[] predict(Function<WordPair, double[]> features) {
        double[][] rows = learnt.stream().map(features).toArray(double[][]::new);
        Standardisation scale = Standardisation.of(rows);
        LogisticModel model = LogisticRegression.fit(scale.apply(rows), classes(learnt), PENALTY);
        return model.predict(scale.apply(held.stream().map(features).toArray(double[][]::new)));
    }

    /** Returns the macro-F1 on held-out words, with its interval over pairs. */
    Estimate macroF1(Function<WordPair, double[]> features) {
        return macroF1(predict(features));
    }

    /** Returns the macro-F1 of predictions, with its interval over pairs. */
    Estimate macroF1(int[] predicted) {
        int[] truth = classes(held);
        Interval interval = Bootstrap.ofUnits(truth.length)
                .withResamples(RESAMPLES)
                .percentile(units -> macroF1(pick(truth, units), pick(predicted, units)), random.child("interval"));
        return new Estimate(macroF1(truth, predicted), interval.low(), interval.high());
    }

    /** Returns the macro-F1 of always naming the most frequent relation. */
    Estimate majority() {
        int[] counts = new int[relations];
        Arrays.stream(classes(learnt)).forEach(relation -> counts[relation]++);
        int most = 0;
        for (int relation = 0; relation < relations; relation++) {
            most = counts[relation] > counts[most] ? relation : most;
        }
        int[] predicted = new int[held.size()];
        Arrays.fill(predicted, most);
        return macroF1(predicted);
    }

    ConfusionMatrix confusion(int[] predicted) {
        return ConfusionMatrix.of(classes(held), predicted, relations);
    }

    private double macroF1(int[] truth, int[] predicted) {
        return ConfusionMatrix.of(truth, predicted, relations).macroF1();
    }

    private static int[] classes(List<WordPair> pairs) {
        return pairs.stream().mapToInt(WordPair::relation).toArray();
    }

    private static int[] pick(int[] values, int[] units) {
        int[] picked = new int[units.length];
        for (int i = 0; i < units.length; i++) {
            picked[i] = values[units[i]];
        }
        return picked;
    }
}
